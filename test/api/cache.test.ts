import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { pathsOf } from '@rookery/http/contract';
import { rollUp } from '@rookery/monitoring/rollup/rollup';
import { emails } from '../world/builders.ts';
import { lasting } from './leak.ts';
import { callerOf, everyRead, explore, targetOf, type Known } from './questions.ts';
import { itemsFor, takeIn } from './seed-monitoring.ts';
import { seed, sharedIds, tenants, type Seeded } from './seed.ts';
import { openApi, type Api } from './stack.ts';

const [own, other] = tenants;
const kept = everyRead.filter(([, { endpoint }]) => endpoint.cache !== 'none');
const unkept = everyRead.filter(([, { endpoint }]) => endpoint.cache === 'none');

let api: Api;
let known: Known;

beforeAll(async () => {
  api = await openApi();
  for (const each of [own, other]) await seed(api.desk, each);
  known = await explore(api, own.tenant_id);
});
afterAll(() => api.close());

// As the daily reading does that finds other figures.
const recountedUsage = statement({
  title: 'counts the external aggregates of a tenant anew',
  on: 'warehouse',
  columns: {},
  example: 'nobody',
  sql: (tenantId: string) =>
    sql`update olap.external_daily set value = value + 1, updated = now() where tenant_id = ${tenantId}`,
});

type Seen = { readonly etag: string; readonly said: object };

// Every kept answer about every thing: its validator, and what it says apart from stamps.
const look = async (): Promise<Map<string, Seen>> => {
  const seen = new Map<string, Seen>();
  for (const [, { endpoint }] of kept)
    for (const params of known.paramsOf(endpoint).slice(0, 8)) {
      const target = targetOf(endpoint, params);
      const answer = await api.ask(callerOf(endpoint, own.tenant_id), { target });
      expect([target, answer.status, answer.headers.etag]).toEqual([
        target,
        200,
        expect.stringMatching(/^W\/".+"$/),
      ]);
      const {
        as_of: _,
        complete_through: __,
        // Moves with every read where a window ends now; the validator passes it over.
        since: ___,
        ...said
      } = JSON.parse(answer.text) as Record<string, unknown>;
      seen.set(target, { etag: answer.headers.etag ?? '', said });
    }
  return seen;
};

const changed = (before: Map<string, Seen>, after: Map<string, Seen>): string[] =>
  [...after]
    .filter(([target, { etag }]) => before.get(target)?.etag !== etag)
    .map(([target]) => target);

const different = (before: Map<string, Seen>, after: Map<string, Seen>): string[] =>
  [...after]
    .filter(
      ([target, { said }]) => JSON.stringify(said) !== JSON.stringify(before.get(target)?.said),
    )
    .map(([target]) => target);

const send = async ({ tenant_id: tenantId, mark }: Seeded, mailboxId: string): Promise<void> => {
  const sentAt = new Date(Date.now() - 7_200_000).toISOString();
  await emails(
    api.world.admin,
    ['', '%2F'].flatMap((lead) =>
      sharedIds.slice(0, 3).map((campaign_id) => ({
        tenant_id: tenantId,
        campaign_id,
        step_id: 's1',
        mailbox_id: mailboxId,
        lead_id: lead === '' ? 'a.csv' : lead,
        sent_at: sentAt,
      })),
    ),
  );
  await api.desk.settle();
  const { 'audit-events': _, ...items } = itemsFor(mark, [sentAt]);
  await takeIn(api.world, tenantId, items);
  await rollUp(api.world.ops, () => false);
  await api.world.ops.query(recountedUsage, tenantId);
};

test.each(kept)(
  '%s answers 304 without a body while nothing changed, with its ETag and headers',
  async (_, { endpoint }) => {
    const caller = callerOf(endpoint, own.tenant_id);
    const target = targetOf(endpoint, known.paramsOf(endpoint)[0]);
    const first = await api.ask(caller, { target });
    const { etag = '' } = first.headers;
    for (const tag of [etag, etag.replace('W/', ''), `"x", ${etag}`, '*']) {
      const again = await api.ask(caller, { target, headers: { 'if-none-match': tag } });
      expect([tag, again.status, again.text]).toEqual([tag, 304, '']);
      expect(again.headers.etag).toBe(etag);
      for (const name of [
        'cache-control',
        'vary',
        'rookery-as-of',
        'x-request-id',
        'ratelimit-limit',
      ])
        expect(again.headers).toHaveProperty(name);
      expect(again.headers['cache-control']).toBe(first.headers['cache-control']);
      expect(again.headers['content-encoding']).toBeUndefined();
    }
    const stale = await api.ask(caller, { target, headers: { 'if-none-match': '"x"' } });
    expect(stale.status).toBe(200);
    expect(lasting(stale)).toEqual(lasting(first));
  },
);

test.each(kept.filter(([, { endpoint }]) => endpoint.rows !== undefined))(
  '%s has an ETag for each format, and one does not stand for another',
  async (_, { endpoint }) => {
    const caller = callerOf(endpoint, own.tenant_id);
    const target = targetOf(endpoint, known.paramsOf(endpoint)[0]);
    const tags: string[] = [];
    for (const accept of ['application/json', 'text/csv', 'application/x-ndjson'])
      tags.push(String((await api.ask(caller, { target, headers: { accept } })).headers.etag));
    expect(new Set(tags).size).toBe(3);
    const [json = '', csv = ''] = tags;
    for (const [tag, status] of [
      [json, 200],
      [csv, 304],
    ] as const)
      expect(
        (await api.ask(caller, { target, headers: { accept: 'text/csv', 'if-none-match': tag } }))
          .status,
      ).toBe(status);
    expect(pathsOf(endpoint).length).toBeGreaterThan(0);
  },
);

test.each(unkept)('%s has no ETag and may not be stored', async (_, { endpoint }) => {
  const target = targetOf(endpoint, known.paramsOf(endpoint)[0]);
  const { status, headers } = await api.ask(callerOf(endpoint, own.tenant_id), {
    target,
    headers: { 'if-none-match': '*' },
  });
  expect([status, headers.etag, headers['cache-control']]).toEqual([200, undefined, 'no-store']);
});

test('an ETag changes when what is told changes, and only then', async () => {
  const before = await look();
  const quiet = await look();
  expect(changed(before, quiet)).toEqual(different(before, quiet));
  // The share of a period that is over may grow meanwhile.
  expect(changed(before, quiet).slice(1)).toEqual([]);

  await send(other, 'a.csv');
  const elsewhere = await look();
  expect(changed(before, elsewhere)).toEqual(different(before, elsewhere));
  expect(changed(before, elsewhere).slice(1)).toEqual([]);

  await send(own, 'a.csv');
  const after = await look();
  const news = different(before, after);
  expect(changed(before, after)).toEqual(news);
  expect(news).toContain('/v1/product-usage');
  // What was written to is in most endpoints; some of what was not, is not.
  const paths = kept.filter(([, { endpoint }]) =>
    known
      .paramsOf(endpoint)
      .slice(0, 8)
      .some((params) => news.includes(targetOf(endpoint, params))),
  );
  expect(paths.length).toBeGreaterThan(kept.length / 2);
  expect(news.length).toBeLessThan(after.size);
});
