import { Pool } from '@neondatabase/serverless';
import { readFileSync } from 'node:fs';
import { compile } from '@rookery/db/statement';
import { useProxy } from '@rookery/db/pool';
import { openGround } from './place.ts';
import { addDays, dayAt, type Day } from '@rookery/kernel/day';
import { readFacts, readCells } from '@rookery/warehouse/facts/read.sql';
import { campaign, mailbox, step } from '@rookery/warehouse/facts/fact';
import { writeFacts } from '@rookery/warehouse/facts/write.sql';
const ground = await openGround(process.argv[2]); useProxy(ground.proxyPort);
const source = new Pool({ connectionString: ground.postgres.url('rookery_source', process.argv[3]!), max: 1 });
const etl = new Pool({ connectionString: ground.postgres.url('rookery_etl', 'bench_warehouse_0'), max: 1 });
const day = addDays(dayAt(new Date(), 'UTC'), -3) as Day; const days = [day];
const cpu = (pid: number) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
const bench = async (label: string, p: any, text: string, values: any[], tenantId: string, n = 200) => {
  const c = await p.connect(); const pid = (await c.query('select pg_backend_pid() pid')).rows[0].pid;
  await c.query(`begin; select set_config('app.tenant_id', '${tenantId}', true)`);
  for (let i = 0; i < 10; i++) await c.query({ name: label, text, values });
  let best = 1e9; if (process.env.PERF === label && tenantId === process.env.PT) { const { spawn } = await import('node:child_process'); spawn('perf', ['record', '-g', '-o', '/tmp/perf.data', '-p', String(pid), 'sleep', '3'], { stdio: 'ignore' }); await new Promise(r => setTimeout(r, 500)); n = 5000; }
  for (let k = 0; k < 3; k++) { const a = cpu(pid); for (let i = 0; i < n; i++) await c.query({ name: label, text, values }); best = Math.min(best, (cpu(pid) - a) / n); }
  console.log(tenantId, label.padEnd(20), best.toFixed(3), 'ms');
  await c.query('rollback'); c.release();
};
try {
  for (const tenantId of ['t150', 't001']) {
    const n = tenantId === 't001' ? 20 : 200;
    const d = { tenantId, days };
    await bench('noop', source, 'select 1', [], tenantId, n);
    const c = compile(readFacts([campaign, step, mailbox]).sql(d));
    await bench('read3', source, c.text, c.values, tenantId, n);
    await bench('read3-nocontrol', source, c.text.replace('(select system_identifier::text from pg_control_system())', `'1'`), c.values, tenantId, n);
    const bare = (name: string, f: string) => bench(name, source, f, [tenantId, days], tenantId, n);
    const emails = /grouped as materialized \(([\s\S]*?)\n\)\s*\nselect/.exec(c.text)![1]!;
    const cells = `with cells as materialized (select t.tenant_id, t.timezone, d.day, d.day::timestamp at time zone t.timezone as lo, (d.day + 1)::timestamp at time zone t.timezone as hi from source.tenants t, unnest($2::date[]) as d(day) where t.tenant_id = $1)`;
    await bare('grouped-count', `${cells}, grouped as materialized (${emails}) select count(*) from grouped`);
    await bare('grouped-rows', `${cells}, grouped as materialized (${emails}) select * from grouped`);
    const r4 = compile(readCells.sql(d));
    await bench('readCells', source, r4.text, r4.values, tenantId, n);
    const row = (await source.query({ text: c.text, values: c.values })).rows[0];
    const w = compile(writeFacts([campaign, step, mailbox]).sql({ tenantId, days, values: row, milliseconds: 1 }));
    await bench('write3-unchanged', etl, w.text, w.values, tenantId, n);
    const w1 = compile(writeFacts([mailbox]).sql({ tenantId, days, values: row, milliseconds: 1 }));
    await bench('write-mailbox', etl, w1.text, w1.values, tenantId, n);
    const fact = /mailbox_new as materialized \(([\s\S]*?)\n\), mailbox_gone/.exec(w1.text)![1]!;
    void fact;
  }
} finally { await source.end(); await etl.end(); await ground.stop(); }
