import { afterAll, beforeAll, expect, test } from 'vitest';
import { sequenceStepEndpoints } from '@rookery/http/endpoints/sequence-steps';
import { campaignStepsOf, stepList, stepSeriesOf } from '@rookery/warehouse/reports/step';
import { everything } from '@rookery/warehouse/reports/ask';
import { parseDay } from '@rookery/kernel/day';
import type { Metric } from '@rookery/warehouse/reports/step-versus';
import { openDesk, type Desk } from '../world/desk.ts';

type Row = readonly [
  tenant: string,
  day: number,
  campaign: string,
  step: string,
  position: number | null,
  variant: string | null,
  sent: number,
  replied: number,
];

// Delivered is all that was sent; half of the answers are known to be of people, in campaign c alone.
const rows: readonly Row[] = [
  ['acme', 3, 'c', 'one', 1, null, 100, 5],
  ['acme', 3, 'c', 'two-a', 2, 'A', 400, 12],
  ['acme', 4, 'c', 'two-a', 2, 'A', 600, 18],
  ['acme', 4, 'c', 'two-b', 2, 'B', 1000, 44],
  ['acme', 3, 'c', 'three-a', 3, 'A', 199, 2],
  ['acme', 3, 'c', 'three-b', 3, 'B', 900, 90],
  ['acme', 3, 'c', 'lost', null, 'A', 300, 30],
  ['acme', 3, 'c', 'gone', null, null, 300, 3],
  ['acme', 20, 'c', 'later', 4, null, 10, 1],
  ['acme', 3, 'd', 'one', 1, 'B', 50, 1],
  ['other', 3, 'c', 'one', 1, null, 7, 7],
  ['other', 3, 'x', 'one', 1, null, 7, 7],
];

const quoted = (value: string | null) => (value === null ? 'null' : `'${value}'`);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const values = rows.map(
    ([tenant, day, campaign, step, position, variant, sent, replied]) =>
      `('${tenant}', date '2025-03-01' + ${day - 1}, '${campaign}', '${step}', '${tenant}-${campaign}', ${position ?? 'null'}, ${quoted(variant)}, ${sent}, ${sent}, ${replied}, ${campaign === 'c' ? Math.floor(replied / 2) : 'null'})`,
  );
  await desk.world.admin.script(`
    select olap.ensure_partitions('2025-03-01', '2025-03-31');
    insert into olap.sequence_step_analytics (tenant_id, day, campaign_id, step_id, company_id, step_position, variant,
      sent, delivered, replied, replied_human) values ${values.join(', ')}`);
});
afterAll(() => desk.close());

const march = { from: parseDay('2025-03-01'), to: parseDay('2025-03-11') };
const stamps = ({
  fresh,
  range,
}: Pick<Awaited<ReturnType<typeof compared>>, 'fresh' | 'range'>) => ({
  range,
  as_of: fresh.as_of.toISOString(),
  complete_through: fresh.complete_through?.toISOString() ?? null,
});
const compared = (metric: Metric = 'reply_rate', campaignId = 'c', tenantId = 'acme') =>
  desk.world.api.transaction(
    (tx) => campaignStepsOf(tx, { tenantId, campaignId, range: march, metric }),
    { tenantId },
  );
const positions = async (...asked: Parameters<typeof compared>) => {
  const found = await compared(...asked);
  return sequenceStepEndpoints.compareCampaignSteps.response.parse({
    ...found.body,
    ...stamps(found),
  }).data;
};
const list = (wanted: Partial<Parameters<typeof stepList>[1]> = {}, tenantId = 'acme') =>
  desk.world.api.transaction(
    (tx) => stepList(tx, { ...everything(tenantId, march), compare: false, ...wanted }),
    { tenantId },
  );
const names = ({ body }: Awaited<ReturnType<typeof list>>) =>
  body.data.map((row) => `${row.campaign_id} ${row.step_id}`);

test('the steps of a campaign stand in the order of the sequence, variants side by side, unknown positions last', async () => {
  const found = await positions();

  expect(
    found.map(({ step_position, variants }) => [
      step_position,
      variants.map(({ step_id, variant, sent, replied }) => [step_id, variant, sent, replied]),
    ]),
  ).toEqual([
    [1, [['one', null, 100, 5]]],
    [
      2,
      [
        ['two-a', 'A', 1000, 30],
        ['two-b', 'B', 1000, 44],
      ],
    ],
    [
      3,
      [
        ['three-a', 'A', 199, 2],
        ['three-b', 'B', 900, 90],
      ],
    ],
    [
      null,
      [
        ['gone', null, 300, 3],
        // Nothing says of what test its letter was.
        ['lost', null, 300, 30],
      ],
    ],
  ]);
});

test('a test is won at 95 %, is too early with 199 e-mails, and is none with one variant or no position', async () => {
  const found = await positions();

  expect(found.map(({ verdict, winner }) => [verdict, winner])).toEqual([
    ['no_test', null],
    ['winner', 'two-b'],
    ['too_early', null],
    ['no_test', null],
  ]);
});

test('a comparison rests on delivered and replied, and adds up', async () => {
  const [alone, two] = await positions();
  const [a, b] = two!.variants.map((each) => each.comparison);

  expect([a!.successes, a!.trials, b!.successes, b!.trials]).toEqual([30, 1000, 44, 1000]);
  // Beta(31, 971) by SciPy.
  expect(a!.interval).toEqual({ low: 0.0211, high: 0.0425 });
  expect(a!.probability_best! + b!.probability_best!).toBeCloseTo(1, 3);
  expect(b!.probability_best).toBeGreaterThan(0.95);
  expect(a!.expected_loss).toBeGreaterThan(b!.expected_loss!);
  expect(alone!.variants[0]!.comparison).toMatchObject({
    successes: 5,
    trials: 100,
    probability_best: null,
    expected_loss: null,
  });
});

test('another metric is another comparison; one that the source does not tell is unknown, not zero', async () => {
  const human = await positions('human_reply_rate');
  const opens = await positions('open_rate');

  expect(human[1]!.variants.map(({ comparison }) => comparison.successes)).toEqual([15, 22]);
  expect(human[1]!.verdict).toBe('undecided');
  expect(opens[1]!.verdict).toBe('unknown');
  expect(opens[1]!.variants[0]!.comparison).toEqual({
    successes: null,
    trials: null,
    interval: null,
    probability_best: null,
    expected_loss: null,
  });
});

test('a campaign that is unknown, or of another tenant, is not found', async () => {
  await expect(compared('reply_rate', 'none')).rejects.toMatchObject({ code: 'not-found' });
  await expect(compared('reply_rate', 'x')).rejects.toMatchObject({ code: 'not-found' });
});

test('steps are listed with the figures and totals of the range alone', async () => {
  const found = await list();

  const answer = sequenceStepEndpoints.listSequenceSteps.response.parse({
    ...found.body,
    ...stamps(found),
    next_cursor: null,
  });
  expect(names(found)).toEqual([
    'c gone',
    'c lost',
    'c one',
    'c three-a',
    'c three-b',
    'c two-a',
    'c two-b',
    'd one',
  ]);
  expect(answer.data[5]).toMatchObject({
    sent: 1000,
    replied: 30,
    step_position: 2,
    variant: 'A',
    first_day: '2025-03-03',
    last_day: '2025-03-04',
  });
  expect(answer.totals).toMatchObject({ matching: 8, sent: 3849, replied: 205 });
});

test('campaign, company and variant filter the steps and their totals', async () => {
  const lettered = await list({ where: { variant: ['B'] } });

  expect(names(lettered)).toEqual(['c three-b', 'c two-b', 'd one']);
  expect(lettered.body.totals).toMatchObject({ matching: 3, sent: 1950 });
  expect(names(await list({ where: { variant: ['B'] }, only: ['d'] }))).toEqual(['d one']);
  expect(names(await list({ companyIds: ['acme-d'] }))).toEqual(['d one']);
});

test.each([
  ['position', 'c one', 'c lost'],
  ['-position', 'c lost', 'c one'],
  ['-reply_rate', 'c three-b', 'c gone'],
  ['sent', 'd one', 'c two-b'],
])('three at a time by %s gives each step once', async (sort, first, last) => {
  const seen: string[] = [];
  let after: readonly (string | number)[] | null = null;
  do {
    const found: Awaited<ReturnType<typeof list>> = await list({ page: { sort, limit: 3, after } });
    seen.push(...names(found));
    after = found.next;
  } while (after !== null && seen.length < 50);

  expect(seen.toSorted()).toEqual(names(await list()));
  expect(seen).toContain(first);
  expect(seen.indexOf(first)).toBeLessThan(seen.indexOf(last));
});

const series = (stepId: string, campaignId = 'c', tenantId = 'acme') =>
  desk.world.api.transaction(
    (tx) =>
      stepSeriesOf(tx, campaignId, stepId, {
        tenantId,
        range: march,
        interval: 'day',
        compare: false,
      }),
    { tenantId },
  );

test('a step is a series of its days, with zeros where it sent nothing', async () => {
  const found = await series('two-a');

  const answer = sequenceStepEndpoints.getSequenceStepSeries.response.parse({
    ...found.body,
    ...stamps(found),
  });
  expect(answer.data.map(({ sent }) => sent)).toEqual([0, 0, 400, 600, 0, 0, 0, 0, 0, 0]);
  expect(answer.totals).toMatchObject({ sent: 1000, replied: 30 });
});

test('a step that is unknown, of another campaign or of another tenant is not found', async () => {
  for (const [step, campaign] of [
    ['none', 'c'],
    ['two-a', 'd'],
    ['one', 'x'],
  ] as const)
    await expect(series(step, campaign)).rejects.toMatchObject({ code: 'not-found' });
});
