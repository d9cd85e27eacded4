import { afterAll, beforeAll, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask as rowsOf } from '../scenarios/ask.ts';
import { emails } from '../world/builders.ts';
import { openApi, type Api } from './stack.ts';
let api: Api;
const m = { tenantId: 'tt', role: 'operator' as const };
const log = (...a: unknown[]) => console.log('ZZ', ...a.map((x) => (typeof x === 'string' ? x : JSON.stringify(x))));
const R = 'from=2025-03-01&to=2025-04-01';
beforeAll(async () => {
  api = await openApi();
  await emails(api.world.admin, [{ tenant_id: 'tt', campaign_id: 'c', sent_at: '2025-03-05T12:00:00Z' }]);
  await api.desk.settle();
  await api.world.admin.script(`insert into olap.campaign_analytics (tenant_id, day, campaign_id, company_id, sent) select 'tt','2025-03-10','bulk-'||i,'co',1 from generate_series(1,60000) i`);
});
afterAll(() => api.close());
const timed = async (target: string) => { const t0 = performance.now(); const a = await api.once(m, { target }); return [target, a.status, Math.round(performance.now() - t0), a.text.slice(0, 90)]; };
test('G1 one slow export and the audit log', async () => {
  const a = await api.open(m, { target: `/v1/exports/campaign-days?${R}` });
  log('G1 audit', await timed('/v1/audit-log'));
  log('G1 campaigns', await timed(`/v1/campaigns?${R}&limit=1`));
  const b = await api.open(m, { target: `/v1/exports/campaign-days?${R}` });
  log('G1 with two slow exports: campaigns', await timed(`/v1/campaigns?${R}&limit=1`), await timed('/health'));
  a.destroy(); b.destroy();
  await sleep(500);
  log('G1 after', await timed(`/v1/campaigns?${R}&limit=1`));
}, 90000);
test('G2 month compare', async () => {
  const a = JSON.parse((await api.ask(m, { target: `/v1/campaigns/c/series?from=2025-03-01&to=2025-05-01&interval=month&compare=previous` })).text);
  log('G2', a.data.map((b: any) => [b.from, b.to]), 'previous', a.previous.data.map((b: any) => [b.from, b.to]));
});
test('G3 health unauthenticated', async () => {
  const before = await rowsOf<any>(api.world.admin, `select xact_commit from pg_stat_database where datname = current_database()`);
  const t0 = performance.now();
  const all = await Promise.all(Array.from({ length: 200 }, () => api.once(undefined, { target: '/health' })));
  await sleep(1200);
  const after = await rowsOf<any>(api.world.admin, `select xact_commit from pg_stat_database where datname = current_database()`);
  log('G3', all.filter((a) => a.status === 200).length, 'ok', Math.round(performance.now() - t0), 'commits', after[0].xact_commit - before[0].xact_commit, all[0].headers['cache-control']);
});
test('G4 two slow exports idle', async () => {
  const a = await api.open(m, { target: `/v1/exports/campaign-days?${R}` });
  await api.world.admin.script(`alter role rookery_api set idle_in_transaction_session_timeout = '110s'`);
  const r = await rowsOf<any>(api.world.admin, `select state, (select setting from pg_settings where name='deadlock_timeout') d from pg_stat_activity where usename='rookery_api' and xact_start is not null and datname = current_database()`);
  log('G4', r);
  a.destroy();
});
test('G5 read stays one snapshot?', async () => {
  const c = await api.ask(m, { target: '/v1/billing/current?quota_emails=1' });
  log('G5', c.status, c.text.slice(0, 200));
});
