import type { Db, Session } from '@rookery/db/pool';
import { addDays, dayAt } from '@rookery/kernel/day';
import { campaignList, campaignSeriesOf } from '@rookery/warehouse/reports/campaign';
import { overviewOf } from '@rookery/warehouse/reports/overview';
import { plain, time, type Line } from './line.ts';
import { openApi, type Api } from './question-api-place.ts';
import { refill } from './question-api.sql.ts';
import type { Question, Stage } from './stage.ts';
import { fill } from './warehouse.ts';

// A block is smaller than the allowance at once, which is given back between blocks and outside what is timed.
const block = 100;
const turns = 10;

// Milliseconds: of each request, and of each block the CPU of this process a request. The WebSocket proxy is in it for all
// alike; Postgres is not.
type Spent = { readonly walls: number[]; readonly cpus: number[] };

const nothing = (): Spent => ({ walls: [], cpus: [] });

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

const p50 = ({ walls }: Spent): number => at(walls, 0.5);
const cpu = ({ cpus }: Spent): number => at(cpus, 0.5);

const told = (spent: Spent): string =>
  `${time(p50(spent))} p50, ${time(at(spent.walls, 0.95))} p95, ${time(cpu(spent))} CPU`;

const runBlock = async (request: () => Promise<unknown>, spent: Spent): Promise<void> => {
  const before = process.cpuUsage();
  for (let i = 0; i < block; i += 1) {
    const started = performance.now();
    await request();
    spent.walls.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  spent.cpus.push((user + system) / 1_000 / block);
};

// In turn, block by block, so that a busy machine is unfair to all alike; the first turn warms up and is not kept.
const inTurn = async <K extends string>(
  refilled: () => Promise<unknown>,
  requests: Readonly<Record<K, () => Promise<unknown>>>,
): Promise<Record<K, Spent>> => {
  const names = Object.keys(requests) as K[];
  const all = Object.fromEntries(names.map((name) => [name, nothing()])) as Record<K, Spent>;
  for (let turn = 0; turn <= turns; turn += 1)
    for (const name of names) {
      await refilled();
      await runBlock(requests[name], turn === 0 ? nothing() : all[name]);
    }
  return all;
};

type Replay = (session: Session) => Promise<unknown>;

// The very statements of a reader, with their values.
const statementsOf = async (
  db: Db,
  tenantId: string,
  reader: (session: Session) => Promise<unknown>,
): Promise<Replay> => {
  const replays: Replay[] = [];
  await db.transaction(
    (tx) =>
      reader({
        ...tx,
        query: (statement, params) => {
          replays.push((session) => session.query(statement, params));
          return tx.query(statement, params);
        },
      }),
    { tenantId },
  );
  return async (session) => {
    for (const replay of replays) await replay(session);
  };
};

const perAnswerAtOnce = async (
  refilled: () => Promise<unknown>,
  get: () => Promise<void>,
  connections: number,
): Promise<number> => {
  const perBlock: number[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    await refilled();
    const started = performance.now();
    const each = async (): Promise<void> => {
      for (let i = 0; i < block / connections; i += 1) await get();
    };
    await Promise.all(Array.from({ length: connections }, each));
    if (turn > 0) perBlock.push((performance.now() - started) / block);
  }
  return at(perBlock, 0.5);
};

type Asked = {
  readonly name: string;
  readonly target: string;
  readonly reader: (session: Session) => Promise<unknown>;
};

const compare = async (
  api: Api,
  tenantId: string,
  refilled: () => Promise<unknown>,
  { name, target, reader }: Asked,
): Promise<Line[]> => {
  const replay = await statementsOf(api.bare, tenantId, reader);
  const spent = await inTurn(refilled, {
    query: () => replay(api.bare),
    transaction: () => api.bare.transaction(replay, { tenantId }),
    handler: api.invoke(target),
    packed: api.invoke(target, 'br'),
    http: () => api.get(target),
  });
  const line = (what: string, ours: Spent, theirs: Spent, bound?: Line['bound']): Line =>
    plain(
      `${name}: ${what}`,
      p50(ours) / p50(theirs),
      '×',
      bound,
      `${told(ours)} / ${told(theirs)}`,
    );
  const { query, transaction, handler, packed, http } = spent;
  return [
    line('through the gateway / bare SQL in a transaction of the tenant, p50', http, transaction, {
      most: 2,
    }),
    line('the handler alone / bare SQL in a transaction of the tenant, p50', handler, transaction),
    line('the handler alone / one bare query of a session, p50', handler, query),
    line('packed with br / unpacked, the handler alone, p50', packed, handler),
  ];
};

const seriesOf = ({ tenantId, from, to }: { tenantId: string; from: string; to: string }) =>
  `/v1/campaigns/${tenantId}-c0/series?from=${from}&to=${to}`;

const askedOf = (tenantId: string): Asked[] => {
  const to = dayAt(new Date(), 'UTC');
  const ago = (days: number) => ({ from: addDays(to, -days), to });
  const month = ago(30);
  const quarter = ago(90);
  const compare = false;
  return [
    {
      name: '90-day series of a campaign',
      target: seriesOf({ tenantId, ...quarter }),
      reader: (session) =>
        campaignSeriesOf(session, `${tenantId}-c0`, {
          tenantId,
          range: quarter,
          interval: 'day',
          compare,
        }),
    },
    {
      name: '30 days of campaigns, a page of 50',
      target: `/v1/campaigns?from=${month.from}&to=${to}`,
      reader: (session) =>
        campaignList(session, {
          tenantId,
          range: month,
          page: { sort: undefined, limit: 50, after: null },
          only: null,
          companyIds: null,
          where: {},
          compare,
        }),
    },
    {
      name: '30 days at a glance',
      target: `/v1/overview?from=${month.from}&to=${to}`,
      reader: (session) => overviewOf(session, { tenantId, range: month, compare }),
    },
  ];
};

/** Target 4, first half: an answer of the API against the statements in it, limiter and token included. */
export const askApi: Question = async (stage: Stage) => {
  await fill(stage);
  const [tenantId = ''] = stage.tenants;
  const api = await openApi(stage, tenantId);
  const refilled = () => stage.place.warehouseAdmin.query(refill, {});
  try {
    const lines: Line[] = [];
    const all = askedOf(tenantId);
    for (const asked of all) {
      stage.say(`api: ${asked.name}`);
      lines.push(...(await compare(api, tenantId, refilled, asked)));
    }
    const [series] = all;
    const target = series?.target ?? '';
    const one = await perAnswerAtOnce(refilled, () => api.get(target), 1);
    const ten = await perAnswerAtOnce(refilled, () => api.get(target), 10);
    lines.push(
      plain(
        '90-day series: time an answer with 10 connections / with one',
        ten / one,
        '×',
        undefined,
        `${Math.round(1_000 / ten)} answers a second / ${Math.round(1_000 / one)}, client, gateway and function in one process`,
      ),
    );
    return lines;
  } finally {
    await api.close();
  }
};
