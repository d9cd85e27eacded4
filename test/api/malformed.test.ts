import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeCursor } from '@rookery/http/cursor';
import { depth } from '../world/depth.ts';
import { hostileTo, type Ground } from './hostile.ts';
import { expectProblem } from './problem-check.ts';
import { everyOperation, explore, reads, secondPages, type Known } from './questions.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';
import { wishesOf } from './wishes.ts';

let api: Api;
let known: Known;
let cursors: string[];
const [{ tenant_id: tenantId }, other] = tenants;

beforeAll(async () => {
  api = await openApi();
  for (const each of [tenants[0], other]) await seed(api.desk, each);
  known = await explore(api, tenantId);
  const foreign = [];
  for (const each of reads) foreign.push(...(await secondPages(api, known, other.tenant_id, each)));
  cursors = [
    ...foreign.map(({ cursor }) => cursor),
    encodeCursor({ filters: {}, keys: [1, 'x'] }),
    encodeCursor({ filters: {}, keys: ["'", "'"] }),
  ];
});
afterAll(() => api.close());

// What takes a body is asked in writes.test.ts.
test.each(everyOperation.filter(([, { endpoint }]) => endpoint.body === undefined))(
  '%s answers whatever is wrong with a request by a problem of the contract, and never by a fault of ours',
  async (_, operation) => {
    const { endpoint } = operation;
    const pages = await secondPages(api, known, tenantId, operation);
    const params =
      endpoint.method === 'GET'
        ? known.paramsOf(endpoint)
        : wishesOf(endpoint, known).map((wish) => wish.params);
    const ground: Ground = { tenantId, params, cursors, pages };
    const seen = new Set<string>();
    let problems = 0;
    await fc.assert(
      fc.asyncProperty(hostileTo(endpoint, ground), async ({ what, caller, wish, refused }) => {
        const answer = await api.ask(caller, wish);
        seen.add(what);
        // A request line and headers over 10,240 bytes never reach a function: the gateway refuses them in its own way.
        if (answer.status === 431) return;
        expect(answer.status).toBeLessThan(500);
        expect(answer.status).toBeGreaterThanOrEqual(refused ? 400 : 200);
        if (answer.status >= 400) problems += 1;
        // The gateway looks at tokens before any function runs, and has words of its own.
        if (caller === undefined && answer.text === '{"message":"Unauthorized"}') return;
        if (answer.status >= 400) expectProblem(answer, wish.method === 'HEAD');
      }),
      { numRuns: depth(40, 1_000) },
    );
    expect(api.faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(8);
    expect(problems).toBeGreaterThanOrEqual(depth(12, 500));
  },
  depth(60_000, 300_000),
);
