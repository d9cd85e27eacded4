import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowances } from '@rookery/http/contract';
import { expectProblem } from './problem-check.ts';
import {
  callerOf,
  everyOperation,
  explore,
  isRepeatable,
  wireOf,
  type Known,
} from './questions.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';
import { wishesOf, wishWire } from './wishes.ts';

const [own, other] = tenants;

let api: Api;
let known: Known;

beforeAll(async () => {
  api = await openApi();
  for (const each of [own, other]) await seed(api.desk, each);
  known = await explore(api, own.tenant_id);
});
afterAll(() => api.close());

// A refusal says nothing of it, and what is deleted or changed twice is refused.
test.each(everyOperation.filter(([, { endpoint }]) => isRepeatable(endpoint)))(
  '%s says what is left of the allowance of its class, less by each request',
  async (_, { endpoint }) => {
    const caller = callerOf(endpoint, own.tenant_id);
    const wire = wireOf(endpoint, known);
    await api.world.admin.script('delete from olap.rate_limit');
    const answers = [await api.once(caller, wire), await api.once(caller, wire)];
    const { burst } = allowances[endpoint.rate];
    const left = answers.map(({ headers }) => Number(headers['ratelimit-remaining']));
    expect(answers.map(({ headers }) => headers['ratelimit-limit'])).toEqual([
      String(burst),
      String(burst),
    ]);
    expect(left[0]).toBe(burst - 1);
    // At ten a second one may have come back between the two.
    expect(left[1]).toBeLessThanOrEqual(burst - 1);
    for (const { headers } of answers) expect(headers['ratelimit-reset']).toMatch(/^[1-9]\d*$/);
  },
);

const classes = Object.values(allowances).filter(({ name }) =>
  everyOperation.some(([, { endpoint }]) => endpoint.rate === name),
);

test.each(classes)(
  'beyond the burst of $name a tenant is told when to come again, while another is served',
  async ({ name, perMinute, burst }) => {
    const of = everyOperation.filter(
      ([, { endpoint }]) => endpoint.rate === name && isRepeatable(endpoint),
    );
    const targets = of.map(([, { endpoint }]) => ({
      endpoint,
      wire: wireOf(endpoint, known),
    }));
    const first = targets[0]!;
    await api.world.admin.script('delete from olap.rate_limit');
    const start = performance.now();
    const asked = burst + 40;
    const answers = await Promise.all(
      Array.from({ length: asked }, (_, i) => {
        const { endpoint, wire } = targets[i % targets.length]!;
        return api.once(callerOf(endpoint, own.tenant_id), wire);
      }),
    );
    const back = Math.ceil(((performance.now() - start) / 60_000) * perMinute) + 1;
    const served = answers.filter(({ status }) => status < 300).length;
    const refused = answers.filter(({ status }) => status === 429);
    expect(served + refused.length).toBe(asked);
    expect(served).toBeGreaterThanOrEqual(burst);
    expect(served).toBeLessThanOrEqual(burst + back);
    for (const answer of refused) {
      expectProblem(answer);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'rate-limited' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(answer.headers['ratelimit-remaining']).toBe('0');
      expect(answer.headers['ratelimit-limit']).toBe(String(burst));
    }
    // As long as the machine was not so slow that everything came back meanwhile.
    expect(refused.length).toBeGreaterThanOrEqual(back < 40 ? 1 : 0);

    const elsewhere = await api.once(callerOf(first.endpoint, other.tenant_id), first.wire);
    expect(elsewhere.status).toBe(first.endpoint.status ?? 200);
  },
);

// Last, and once, as its example has it: what is deleted is gone, and what was changed is at another revision.
test.each(everyOperation.filter(([, { endpoint }]) => !isRepeatable(endpoint)))(
  '%s says what is left of the allowance of its class',
  async (_, { endpoint }) => {
    const [wish] = wishesOf(endpoint, known);
    await api.world.admin.script('delete from olap.rate_limit');
    const answer = await api.once(callerOf(endpoint, own.tenant_id), wishWire(endpoint, wish!));
    const { burst } = allowances[endpoint.rate];
    expect([answer.status, answer.text.slice(0, 0)]).toEqual([endpoint.status ?? 200, '']);
    expect(answer.headers).toMatchObject({
      'ratelimit-limit': String(burst),
      'ratelimit-remaining': String(burst - 1),
      'ratelimit-reset': expect.stringMatching(/^[1-9]\d*$/),
    });
  },
);
