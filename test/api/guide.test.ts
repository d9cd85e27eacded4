import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emails, tenant } from '../world/builders.ts';
import { blocksIn, scriptOf, setupOf, shell } from './guide-blocks.ts';
import { openApi, type Api } from './stack.ts';

// That of the examples, in the zone that it has in the demo data.
const tenantId = 'heron-analytics';
const timezone = 'Europe/Berlin';
const dayMs = 86_400_000;

let api: Api;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await openApi();
  await tenant(api.world.admin, { tenant_id: tenantId, timezone });
  await emails(
    api.world.admin,
    Array.from({ length: 400 }, (_, i) => {
      // More on each day the longer ago: from none to twenty.
      const moment = Date.now() - (1 + Math.floor(Math.sqrt(i * 16))) * dayMs;
      return {
        tenant_id: tenantId,
        campaign_id: `${tenantId}-campaign-${i % 7}`,
        mailbox_id: `${tenantId}-mailbox-${i % 6}`,
        sent_at: new Date(moment).toISOString(),
        ...(i % 3 === 0 ? { replied: new Date(moment + 60_000).toISOString() } : {}),
      };
    }),
  );
  await api.desk.settle();
  env = {
    API: api.url,
    TOKEN: api.token({ tenantId, role: 'tenant-admin' }),
    // The zone of the tenant: around midnight the days of another are not 90 to tomorrow.
    TZ: timezone,
  };
});
afterAll(() => api.close());

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');
const jsonOf = (text: string) => JSON.parse(text) as Record<string, never>;

// A mark is ten e-mails, or the last of them.
const expectBars = (lines: readonly string[]): void => {
  expect(lines).toHaveLength(90);
  for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d +\d+ ▪*$/);
  const sent = lines.map((line) => Number(/ (\d+) /.exec(line)?.[1]));
  expect(sent.reduce((sum, each) => sum + each, 0)).toBe(400);
  expect(lines.map((line) => line.match(/▪/g)?.length ?? 0)).toEqual(
    sent.map((each) => Math.ceil(each / 10)),
  );
};

// examples/series.ts takes the day of UTC, which begins up to two hours after that of the tenant.
const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('sv', { timeZone }).format();
const drawn = (): number => (dayIn('UTC') === dayIn(timezone) ? 90 : 91);

const expectSeries = (lines: readonly string[]): void => {
  expect(lines).toHaveLength(drawn() + 1);
  for (const line of lines.slice(0, -1))
    expect(line).toMatch(/^\d{4}-\d\d-\d\d +\d+ .{60} +\d+ replies/);
  expect(lines.at(-1)).toMatch(/^400 sent, 134 answered; complete through \d{4}-/);
};

type Expectation = (out: string) => void;

// What the text around each block promises, by file and heading, in order.
const promised: Readonly<Record<string, Readonly<Record<string, readonly Expectation[]>>>> = {
  'README.md': {
    'Ask it': [
      (out) => {
        expectBars(linesOf(out).slice(0, 90));
        expectSeries(linesOf(out).slice(90));
      },
    ],
  },
  'docs/api.md': {
    'The HTTP API': [(out) => expect(out).toBe('')],
    'A series of 90 days': [(out) => expectBars(linesOf(out))],
    'Days, ranges, zones': [
      (out) =>
        expect(jsonOf(out)).toMatchObject({
          range: { from: '2026-01-01', to: '2026-02-01', timezone },
        }),
    ],
    'Fresh to when': [
      (out) =>
        expect(jsonOf(out)).toMatchObject({
          as_of: expect.stringMatching(/^\d{4}-/),
          complete_through: expect.stringMatching(/^\d{4}-/),
        }),
    ],
    Formats: [
      (out) => {
        const all = linesOf(out);
        const [csv, ndjson] = [all.slice(0, 6), all.slice(6)];
        expect(csv[0]).toBe('mailbox_id,company_id,domain_id,health_score');
        for (const line of csv.slice(1))
          expect(line).toMatch(/^heron-analytics-mailbox-\d,[^,]+,[^,]+,\d*$/);
        expect(ndjson.map((line) => jsonOf(line)['campaign_id'])).toEqual(
          Array.from({ length: 7 }, (_, i) => `${tenantId}-campaign-${i}`),
        );
      },
      (out) => expect(Number(out)).toBeGreaterThan(1),
    ],
    Pages: [
      (out) => {
        const { data, next_cursor } = JSON.parse(out) as {
          data: { campaign_id: string }[];
          next_cursor: unknown;
        };
        expect(data.map(({ campaign_id }) => campaign_id)).toEqual([
          `${tenantId}-campaign-2`,
          `${tenantId}-campaign-3`,
        ]);
        expect(next_cursor).toEqual(expect.any(String));
      },
    ],
    Caching: [(out) => expect(out).toBe('304\n')],
    Errors: [
      (out) =>
        expect(jsonOf(out)).toMatchObject({
          status: 400,
          code: 'request-malformed',
          errors: [{ path: 'query.from' }, { path: 'query.colour' }],
        }),
    ],
  },
};

test('what the examples need is on this machine', async () => {
  const missing = await Promise.all(
    [
      ['curl --version', 'curl'],
      ["awk 'BEGIN { exit 0 }'", 'gawk or mawk'],
      ["date -d '-89 days' +%F", 'coreutils (GNU date; on macOS it is called gdate)'],
    ].map(async ([command = '', name]) =>
      (await shell(`${command} > /dev/null`, {})).code === 0 ? [] : [`install ${name}`],
    ),
  );
  expect(missing.flat()).toEqual([]);
});

// How many blocks stand under each heading.
const counts = (headings: readonly string[]) =>
  Object.fromEntries(
    [...new Set(headings)].map((each) => [each, headings.filter((h) => h === each).length]),
  );

const documents = [
  ['README.md', blocksIn('README.md', 'Ask it')],
  ['docs/api.md', blocksIn('docs/api.md')],
] as const;

describe.each(documents)('%s', (file, blocks) => {
  const expected = promised[file] ?? {};

  test('has a block for each promise and a promise for each block', () => {
    expect(counts(blocks.map(({ heading }) => heading))).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([heading, { length }]) => [heading, length]),
      ),
    );
  });

  const numbered = blocks.map((block, at) => {
    const before = blocks.slice(0, at).filter(({ heading }) => heading === block.heading);
    return [block.heading, before.length + 1, block] as const;
  });

  test.each(numbered)('under “%s” block %i prints what it promises', async (heading, n, block) => {
    const { code, out, err } = await shell(scriptOf(block), env);

    expect([code, err]).toEqual([0, '']);
    const expectation = expected[heading]?.[n - 1];
    if (expectation === undefined) throw new Error(`say what ${file} “${heading}” ${n} promises`);
    expectation(out);
  });

  test('gets its token by a command that works, for the API of npm run dev', async () => {
    const data = await mkdtemp(join(tmpdir(), 'rookery-guide-'));
    const setup = blocks.flatMap(setupOf);
    const here = setup.map((line) => line.replace(' -- token ', ` -- token --data ${data} `));
    expect(here).not.toEqual(setup);
    try {
      const { code, out } = await shell([...here, 'echo "$API $TOKEN"'].join('\n'), {});

      expect(code).toBe(0);
      const [base, token = ''] = out.trim().split(' ');
      expect(base).toBe('http://127.0.0.1:8787');
      expect(decodeJwt(token)).toMatchObject({ tenant_id: tenantId, role: 'tenant-admin' });
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  });
});
