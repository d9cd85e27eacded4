import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '@rookery/http/api';
import { openApi, type Api } from './stack.ts';
import { seed, tenants } from './seed.ts';
import { ask } from '../scenarios/ask.ts';
let api: Api;
beforeAll(async () => {
  let t = performance.now();
  api = await openApi();
  console.log('open', performance.now() - t);
  for (const each of tenants) { t = performance.now(); await seed(api.desk, each); console.log('seed', performance.now() - t); }
});
afterAll(() => api.close());
test('x', async () => {
  console.log(await ask(api.world.admin, `select tenant_id, state, count(*) n from olap.billing_analytics group by 1,2`));
  console.log(await ask(api.world.admin, `select tenant_id, billable, count(*) n from olap.billing_adjustment group by 1,2`));
  console.log(await ask(api.world.admin, `select * from olap.source`));
  for (const { endpoint } of operations) {
    if (endpoint.path.includes('{')) continue;
    const t = performance.now();
    const a = await api.ask({ tenantId: tenants[1].tenant_id, role: endpoint.roles.at(-1)! }, { target: endpoint.path });
    console.log(endpoint.path, a.status, a.text.length, performance.now() - t, a.text.slice(0, 200));
  }
});
