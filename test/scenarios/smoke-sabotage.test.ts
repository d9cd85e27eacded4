import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Checked } from '../../packages/cli/smoke-check.ts';
import { smoke, smokeChecks } from '../../packages/cli/smoke.ts';
import type { Row } from './smoke-breaks.ts';
import { startSaboteur, type Sabotage } from './smoke-saboteur.ts';
import { publicSabotages } from './smoke-sabotages-public.ts';
import { tenantSabotages } from './smoke-sabotages-tenant.ts';
import { openSmokeRoom, type SmokeRoom } from './smoke-room.ts';

const sabotages = (token: string) => [...publicSabotages, ...tenantSabotages(token)];

let room: SmokeRoom;

beforeAll(async () => {
  room = await openSmokeRoom();
});
afterAll(() => room.close());
// As if the tenant had asked nothing for a while.
beforeEach(() => room.desk.world.admin.script('delete from olap.rate_limit'));

const through = async (
  sabotage: Sabotage,
  { isWriting, patienceMs = 10_000 }: Pick<Row, 'isWriting' | 'patienceMs'> = {},
): Promise<readonly Checked[]> => {
  const saboteur = await startSaboteur(room.runtime.urls.api, sabotage);
  try {
    const stage = {
      ...room.stage,
      api: saboteur.url,
      isWriting: isWriting === true,
      timeoutMs: patienceMs,
    };
    return await smoke(stage);
  } finally {
    await saboteur.stop();
  }
};

const failed = (all: readonly Checked[]): string[] =>
  all.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check);

test('nothing fails through a saboteur that breaks nothing', async () => {
  expect(failed(await through({ on: () => false }))).toEqual([]);
});

// The token is made when the room is: until then its place is what the table is asked with.
const titles = sabotages('').map(({ title }) => [title] as const);

describe.each(titles)('%s', (title) => {
  test('is seen by the checks that it is about, and by no other', async () => {
    const row = sabotages(room.stage.token).find((each) => each.title === title);
    if (row === undefined) throw new Error(`no ${title}`);

    const all = await through(row.sabotage, row);

    expect([title, failed(all)]).toEqual([title, row.fails]);
    for (const { verdict, advice } of all) expect(verdict === 'fail').toBe(advice !== undefined);
  });
});

test('every check fails by something', () => {
  const seen = new Set(sabotages('').flatMap(({ fails }) => fails));

  expect([...seen].toSorted()).toEqual(smokeChecks.map(({ name }) => name).toSorted());
});

test('a gateway that throttles is asked again, and a job that lags is no fault', async () => {
  let asked = 0;
  const throttled = await through({
    on: () => (asked += 1) < 150 && asked % 3 === 0,
    coming: () => ({ status: 429, headers: {}, body: '{"message":"Too Many Requests"}' }),
  });

  expect(failed(throttled)).toEqual([]);

  await room.desk.world.admin.script('delete from olap.rate_limit');
  const behind = await through({
    on: ({ path }) => path === '/v1/freshness',
    coming: (coming) => ({ ...coming, body: coming.body.replace('"current"', '"behind"') }),
  });

  expect(behind.find(({ check }) => check === 'freshness')).toMatchObject({ verdict: 'warn' });
  expect(failed(behind)).toEqual([]);
});
