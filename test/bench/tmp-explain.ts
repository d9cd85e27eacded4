import { Pool } from '@neondatabase/serverless';
import { writeFileSync } from 'node:fs';
import { compile } from '@rookery/db/statement';
import { useProxy } from '@rookery/db/pool';
import { openGround } from './place.ts';
import { addDays, dayAt, type Day } from '@rookery/kernel/day';
import { readCells, readFacts } from '@rookery/warehouse/facts/read.sql';
import { campaign, mailbox, step } from '@rookery/warehouse/facts/fact';
import { writeCells } from '@rookery/warehouse/facts/write.sql';
import { openCells } from '@rookery/warehouse/facts/gate.sql';
import { readLeads, writeLeads } from '@rookery/warehouse/facts/lead.sql';
import { scoreMailboxes, scoreWarmups } from '@rookery/warehouse/health/score.sql';
import { countUsage } from '@rookery/warehouse/billing/usage.sql';
const ground = await openGround(process.argv[2]);
useProxy(ground.proxyPort);
const only = process.argv[3];
const out = process.argv[4] ?? '/tmp/explain';
const pool = (role: string, db: string) => new Pool({ connectionString: ground.postgres.url(role, db), max: 1 });
const source = pool('rookery_source', 'source'); const etl = pool('rookery_etl', 'warehouse');
const lit = (v: unknown): string => v === null || v === undefined ? 'null' : Array.isArray(v) ? `'{${v.map(x => `"${x}"`).join(',')}}'` : `'${String(v).replaceAll("'", "''")}'`;
const explain = async (p: any, st: any, params: any, label: string) => {
  const c = compile(st.sql(params));
  const client = await p.connect();
  for (const mode of ['force_custom_plan', 'force_generic_plan']) {
    await client.query('begin'); await client.query(`set local plan_cache_mode=${mode}`);
    await client.query(`select set_config('app.tenant_id', '${params.tenantId}', true)`);
    await client.query(`prepare x as ${c.text}`);
    const r = await client.query(`explain (analyze, buffers, settings) execute x(${c.values.map(lit).join(',')})`);
    const text = r.rows.map((x: any) => x['QUERY PLAN']).join('\n');
    writeFileSync(`${out}-${label}-${mode.split('_')[1]}.txt`, text);
    console.log(label.padEnd(24), mode.split('_')[1].padEnd(8), text.split('\n').filter((l: string) => /^ ?(Planning Time|Execution Time)/.test(l)).join(' '), /Buffers: .*/.exec(text)?.[0]);
    await client.query('rollback'); await client.query('deallocate all');
  }
  client.release();
};
const one = async (p: any, st: any, params: any) => { const c = compile(st.sql(params)); const r = await p.query({ text: c.text, values: c.values }); return r.rows[0]; };
try {
  const day = addDays(dayAt(new Date(), 'UTC'), -3) as Day; const days = [day];
  for (const tenantId of ['t001', 't014', 't100']) {
    const d = { tenantId, days };
    const cells: any = await one(source, readCells, d); const leads: any = await one(source, readLeads, { ...d, leads: [] });
    const todo: Record<string, () => Promise<void>> = {
      read3: () => explain(source, readFacts([campaign, step, mailbox]), d, `${tenantId}-read3`),
      readCells: () => explain(source, readCells, d, `${tenantId}-readCells`),
      readLeads: () => explain(source, readLeads, { ...d, leads: [] }, `${tenantId}-readLeads`),
      openCells: () => explain(etl, openCells, { ...d, system: cells.system, xmax: cells.xmax, inProgress: 0, timezone: 'UTC', billingAnchor: 1, reason: 'x' }, `${tenantId}-openCells`),
      writeCells: () => explain(etl, writeCells, { ...d, values: cells, milliseconds: 1 }, `${tenantId}-writeCells`),
      writeLeads: () => explain(etl, writeLeads, { ...d, epoch: 1, xmax: leads.xmax, inProgress: 0, system: '', values: leads }, `${tenantId}-writeLeads`),
      scoreWarmups: () => explain(etl, scoreWarmups, d, `${tenantId}-scoreWarmups`),
      scoreMailboxes: () => explain(etl, scoreMailboxes, d, `${tenantId}-scoreMailboxes`),
      countUsage: () => explain(etl, countUsage, { ...d, subscriptions: { ids: null, starts: null, ends: null } }, `${tenantId}-countUsage`),
    };
    for (const [name, f] of Object.entries(todo)) if (!only || only.split(',').includes(name)) await f();
  }
} finally { await source.end(); await etl.end(); await ground.stop(); }
