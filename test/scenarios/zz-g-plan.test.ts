import { test } from 'vitest';
import { compile } from '@rookery/db/statement';
import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { stretchEntries } from '@rookery/warehouse/audit/checkpoint.sql';
import { exportEntries } from '@rookery/warehouse/audit/export.sql';
import { anything } from '@rookery/warehouse/audit/matching.sql';
import { checkGrowth } from '@rookery/warehouse/audit/stretch';
import { auditHeads } from '@rookery/warehouse/audit/checkpoint.sql';
import { compare } from '@rookery/warehouse/audit/checkpoint';
import { openExport } from '@rookery/warehouse/audit/export';
import { openWorld } from '../world/world.ts';

test('plan', async () => {
  const w = await openWorld();
  let t = performance.now();
  const ins = (tenant: string, n: number, k: string) => w.admin.script(`insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, ip_address, notes, new_values)
    select ${tenant}, 'user-' || g, 'role.granted', 'user', 'u' || g, '10.0.0.1', 'note ' || g, jsonb_build_object('role', repeat('x', 200), 'n', g) from generate_series(1, ${n}) g ${k}`);
  await ins(`'big'`, 100_000, '');
  console.log('insert 100k', performance.now() - t); t = performance.now();
  await ins(`'t' || k`, 5, ', generate_series(1,4000) k order by 1');
  console.log('insert 20k', performance.now() - t);
  await w.admin.script('analyze olap.admin_audit_log');
  const explain = async (st: { sql: (p: never) => never }, p: unknown) => {
    const e = statement({ title: 'e', on: 'warehouse', columns: { 'QUERY PLAN': 'text' }, example: null, sql: () => sql`explain (analyze, buffers, costs off) ${(st.sql as (x: unknown) => never)(p)}` });
    const rows = await w.ops.query(e, null);
    console.log(rows.map((r) => r['QUERY PLAN']).join('\n').slice(0, 3500));
  };
  const tenants = Array.from({ length: 4000 }, (_, k) => `t${k + 1}`);
  await explain(stretchEntries as never, { tenants, afters: tenants.map(() => 0), lasts: tenants.map(() => 5), limit: 1000 });
  await explain(exportEntries as never, { tenantId: 'big', filter: anything, after: 50_000, last: 100_000, limit: 1000, bytes: 4_000_000 });
  t = performance.now();
  const heads = await w.ops.query(auditHeads, null);
  const { moved } = compare(new Map(), heads);
  const broken = await checkGrowth(w.ops, moved);
  console.log('growth of', moved.length, 'chains, 120k entries', performance.now() - t, broken.length);
  t = performance.now();
  const x = await openExport(w.ops, 'big', {});
  for await (const _ of x.parts);
  console.log('export pass 100k', performance.now() - t, x.extent().rows);
  await w.close();
}, 280_000);
