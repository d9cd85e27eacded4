import { afterAll, beforeAll, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'node:http';
import { ask as rowsOf } from '../scenarios/ask.ts';
import { emails } from '../world/builders.ts';
import { openApi, type Api } from './stack.ts';
import { api as contract } from '@rookery/http/api';

let api: Api;
const T = 'tt';
const m = { tenantId: T, role: 'operator' as const };
const log = (...a: unknown[]) => console.log('ZZ', ...a.map((x) => (typeof x === 'string' ? x : JSON.stringify(x))));
const get = async (target: string, headers: Record<string, string> = {}, who: any = m) => {
  const t0 = performance.now();
  const a = await api.ask(who, { target, headers });
  return { status: a.status, ms: Math.round(performance.now() - t0), bytes: a.bytes.length, text: a.text, headers: a.headers };
};
const xacts = () => rowsOf<any>(api.world.admin, `select pid, state, wait_event_type, left(query, 40) as q, extract(epoch from now()-xact_start)::int as age from pg_stat_activity where datname = current_database() and usename = 'rookery_api' and xact_start is not null`);
beforeAll(async () => {
  api = await openApi();
  const day = (d: string, n: number, o: number, extra = {}) => Array.from({ length: n }, (_, i) => ({ tenant_id: T, campaign_id: 'silent', lead_id: `L${d}${i}`, sent_at: `${d}T12:00:00Z`, ...(i < o ? { opened: `${d}T12:10:00Z`, open_kind: null } : {}), ...extra }));
  await emails(api.world.admin, [
    ...day('2025-03-05', 10, 6), ...day('2025-03-06', 10, 0),
    { tenant_id: T, campaign_id: 'a,b', lead_id: 'x', sent_at: '2025-03-05T12:00:00Z' },
    { tenant_id: T, campaign_id: 'y'.repeat(201), lead_id: 'x', sent_at: '2025-03-05T12:00:00Z' },
    { tenant_id: T, campaign_id: 'tab\tid', lead_id: 'x', sent_at: '2025-03-05T12:00:00Z' },
    { tenant_id: T, campaign_id: 'moved', company_id: 'coA', lead_id: 'x', sent_at: '2025-03-05T12:00:00Z' },
    { tenant_id: T, campaign_id: 'moved', company_id: 'coB', lead_id: 'x', sent_at: '2025-03-06T12:00:00Z' },
  ]);
  await api.desk.settle();
});
afterAll(() => api.close());
const R = 'from=2025-03-01&to=2025-04-01';

test('F4 abort before the first byte', async () => {
  await api.world.admin.script(`delete from olap.rate_limit`);
  const u = new URL(api.url);
  for (let i = 0; i < 24; i += 1) {
    if (i % 5 === 0) await api.world.admin.script(`delete from olap.rate_limit`);
    const r = request({ hostname: u.hostname, port: u.port, path: `/v1/exports/campaign-days?${R}`, agent: false, headers: { authorization: `Bearer ${api.token(m)}`, ...(i % 2 ? { 'accept-encoding': 'gzip' } : {}) } });
    r.on('error', () => {});
    r.end();
    await sleep(i);
    r.destroy();
  }
  await sleep(1500);
  log('F4', await xacts());
});
test('F2 deadlock on the first part', async () => {
  for (let k = 0; k < 2; k += 1) {
    await api.world.admin.script(`delete from olap.rate_limit`);
    let outcome: Promise<string> = Promise.resolve('');
    await api.world.admin.transaction(async (tx) => {
      await tx.script(`set local deadlock_timeout = '60s'; lock table olap.campaign_analytics in access exclusive mode`);
      outcome = api.once(m, { target: `/v1/exports/campaign-days?${R}` }).then((a) => `status ${a.status} ${a.bytes.length}`, (e) => `broken ${e.code}`);
      for (;;) { const w = await xacts(); if (w.some((r) => r.wait_event_type === 'Lock')) break; await sleep(20); }
      await tx.script(`lock table olap.tenant in access exclusive mode`);
    });
    log('F2 caller', await Promise.race([outcome, sleep(8000).then(() => 'still waiting after 8 s')]));
    await sleep(2000);
    log('F2 open transactions 2 s later', await xacts());
  }
  await api.world.admin.script(`delete from olap.rate_limit`);
  const t0 = performance.now();
  const a = await api.once(m, { target: `/v1/campaigns?${R}` });
  log('F2 then GET /v1/campaigns', a.status, Math.round(performance.now() - t0), a.text.slice(0, 120));
  log('F2', await xacts());
}, 60000);

test('F3 two slow exports', async () => {
  // fresh pool after F2
  const { closeDatabases } = await import('@rookery/lambda/database');
  await api.world.admin.script(`select pg_terminate_backend(pid) from pg_stat_activity where usename='rookery_api' and datname = current_database()`);
  await sleep(500);
  await api.world.admin.script(`insert into olap.campaign_analytics (tenant_id, day, campaign_id, company_id, sent) select 'tt','2025-03-10','bulk-'||i,'co',1 from generate_series(1,60000) i`);
  log('F3 after terminate', await xacts());
  await api.world.admin.script(`delete from olap.rate_limit`);
  const t1 = performance.now();
  const z = await api.once(m, { target: `/v1/campaigns?${R}` });
  log('F3 control after backends were terminated', z.status, Math.round(performance.now() - t1));
}, 60000);
