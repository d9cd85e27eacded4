import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '@rookery/http/contract';
import { emails, warmup, warmupMessages } from '../world/builders.ts';
import { depth } from '../world/depth.ts';
import { ask as askRows } from '../scenarios/ask.ts';
import { expectProblem } from './problem-check.ts';
import {
  callerOf,
  daysAgo,
  everyRead,
  explore,
  secondPages,
  sortsOf,
  still,
  targetOf,
  type Known,
  type Values,
} from './questions.ts';
import { itemsFor, takeIn } from './seed-monitoring.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';

type Row = Readonly<Record<string, unknown>>;
type Page = {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
  readonly range?: { readonly from: string; readonly to: string };
};

const [own, other] = tenants;
const lists = everyRead.filter(([, { endpoint }]) => Object.hasOwn(endpoint.query.shape, 'cursor'));

let api: Api;
let known: Known;

beforeAll(async () => {
  api = await openApi();
  for (const each of [own, other]) await seed(api.desk, each);
  known = await explore(api, own.tenant_id);
});
afterAll(() => api.close());

const ask = (endpoint: Endpoint, query: Values, tenantId: string = own.tenant_id) =>
  api.ask(callerOf(endpoint, tenantId), {
    target: targetOf(endpoint, known.paramsOf(endpoint)[0], query),
  });

const pageOf = async (endpoint: Endpoint, query: Values): Promise<Page> => {
  const { status, text, headers } = await ask(endpoint, query);
  expect([query, status]).toEqual([query, 200]);
  const page = JSON.parse(text) as Page;
  // The header names the same page, as a whole URL of the same question.
  if (page.next_cursor === null) expect(headers['link']).toBeUndefined();
  else {
    const [, url = ''] = /^<([^>]+)>; rel="next"$/.exec(String(headers['link'])) ?? [];
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      ...query,
      cursor: page.next_cursor,
    });
  }
  return page;
};

const walk = async (
  endpoint: Endpoint,
  query: Values,
  between: () => Promise<void> = async () => {},
): Promise<Row[]> => {
  const rows: Row[] = [];
  let page = await pageOf(endpoint, query);
  for (;;) {
    expect(page.data.length).toBeLessThanOrEqual(Number(query['limit']));
    rows.push(...page.data);
    if (page.next_cursor === null) return rows;
    expect(page.data.length).toBe(Number(query['limit']));
    await between();
    page = await pageOf(endpoint, { ...query, cursor: page.next_cursor });
  }
};

const ordersOf = (endpoint: Endpoint): Values[] => [
  {},
  ...sortsOf(endpoint).map((sort) => ({ sort })),
];

const identityOf = (row: Row): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([name]) => name === 'id' || name.endsWith('_id'))
      .toSorted(),
  );

// A rate is ordered by its value; a key that rows do not show cannot be looked at.
const sortKeyOf = (row: Row, sort: string): unknown => {
  const rates = (row['rates'] ?? {}) as Readonly<Record<string, { readonly value: unknown }>>;
  return row[sort] ?? rates[sort]?.value ?? null;
};

let arrivals = 0;

// The same for what is watched: audit events on the way back, services and alerts beside those that are there.
const arriveWatched = async (names: readonly string[]): Promise<void> => {
  const at = new Date(Date.now() - 4 * 86_400_000).toISOString();
  const { errors = [], 'audit-events': deeds = [] } = itemsFor(`-${arrivals}~`, [at]);
  const strange = errors.map((item) => ({ ...item, environment: `new-${arrivals}` }));
  await takeIn(api.world, own.tenant_id, { errors: strange, 'audit-events': deeds });
  const tenant = `'${own.tenant_id}'`;
  await api.world.admin.script(
    names
      .map(
        (name, i) => `
    insert into monitoring.tb_service_health (tenant_id, id, name, service_type) values (${tenant}, '${name}', '${name}', 'api');
    insert into monitoring.tb_alert
      (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold, labels, triggered_at)
    values (${tenant}, '${name}', 'latency', 'active', '${['critical', 'fatal', 'warning'][i] ?? ''}', 'm', 2, 1, '{"on": "${name}"}',
      now() - interval '1 day');`,
      )
      .join(''),
  );
};

// Lists in which pages by number, not by key, would have repeated a row.
const repeatedByNumber = new Set<string>();

// New things around everything there is, in the range of the lists; nothing that is there changes.
const arrive = async (): Promise<void> => {
  arrivals += 1;
  const day = `${daysAgo(4)}T10:00:00Z`;
  const rows = ['!first', 'middle', '~last'].map((name) => `${name}-${arrivals}`);
  await emails(
    api.world.admin,
    rows.map((name) => ({
      tenant_id: own.tenant_id,
      campaign_id: name,
      step_id: name,
      mailbox_id: name,
      lead_id: name,
      sent_at: day,
    })),
  );
  for (const mailbox_id of rows) {
    await warmup(api.world.admin, { tenant_id: own.tenant_id, mailbox_id });
    await warmupMessages(api.world.admin, [{ tenant_id: own.tenant_id, mailbox_id, sent_at: day }]);
  }
  await api.desk.settle();
  await arriveWatched(rows);
};

// A value that the filter takes and that is not the one it has when it is left out.
const valueFor = (endpoint: Endpoint, name: string): string | undefined => {
  if (name === 'tz') return own.timezone;
  if (name === 'from') return daysAgo(59);
  if (name === 'to') return daysAgo(2);
  let schema: unknown = endpoint.query.shape[name];
  let usual: unknown;
  while (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPipe
  ) {
    if (schema instanceof z.ZodDefault) usual = schema.def.defaultValue;
    schema = schema instanceof z.ZodPipe ? schema.in : schema.unwrap();
  }
  if (schema instanceof z.ZodEnum)
    return schema.options.map(String).find((option) => option !== usual);
  const usualText = JSON.stringify(z.safeParse(endpoint.query.shape[name]!, undefined).data);
  const fitting = known.valuesOf(name).find((value) => {
    const { success, data } = z.safeParse(endpoint.query.shape[name]!, value);
    return success && JSON.stringify(data) !== usualText;
  });
  const [shown] = endpoint.examples.flatMap(({ query }) => query?.[name] ?? []);
  return fitting ?? (name.startsWith('quota') ? '7' : shown);
};

describe.each(lists)('%s', (operation, { endpoint }) => {
  test('gives the rows of one large page on small ones, in every order, each once', async () => {
    for (const order of ordersOf(endpoint)) {
      const whole = await walk(endpoint, { ...still(endpoint), ...order, limit: '500' });
      expect(whole.length).toBeGreaterThan(1);
      expect(new Set(whole.map(identityOf)).size).toBe(whole.length);
      const half = Math.floor(whole.length / 2);
      for (const limit of whole.length < 15 ? [1, half] : [Math.min(4, half)]) {
        const query = { ...still(endpoint), ...order, limit: String(limit) };
        expect([query, await walk(endpoint, query)]).toEqual([query, whole]);
      }
    }
  });

  test('orders descending as ascending, with the sort key turned round', async () => {
    for (const sort of sortsOf(endpoint).filter((each) => !each.startsWith('-'))) {
      const [up, down] = [
        await walk(endpoint, { ...still(endpoint), sort, limit: '500' }),
        await walk(endpoint, { ...still(endpoint), sort: `-${sort}`, limit: '500' }),
      ];
      expect(up.map(identityOf).toSorted()).toEqual(down.map(identityOf).toSorted());
      const shown = (row: Row): unknown => (sort === 'id' ? identityOf(row) : sortKeyOf(row, sort));
      expect(down.map(shown)).toEqual(up.map(shown).toReversed());
    }
  });

  test('loses and repeats no row while others arrive between its pages', async () => {
    const sorts = sortsOf(endpoint);
    const orders = [
      {},
      ...depth([sorts[0]], [sorts[0], sorts[3]]).flatMap((sort) =>
        sort === undefined ? [] : [{ sort }],
      ),
    ];
    for (const order of orders) {
      const query = { ...still(endpoint), ...order };
      const before = await walk(endpoint, { ...query, limit: '500' });
      let pages = 0;
      const limit = String(Math.max(1, Math.ceil(before.length / 6)));
      const seen = await walk(endpoint, { ...query, limit }, async () => {
        pages += 1;
        if (pages <= 2) await arrive();
      });
      expect(pages).toBeGreaterThan(0);
      const after = await walk(endpoint, { ...query, limit: '500' });
      const byNumber = [...before.slice(0, Number(limit)), ...after.slice(Number(limit))].map(
        identityOf,
      );
      if (new Set(byNumber).size < byNumber.length) repeatedByNumber.add(operation);
      const ids = seen.map(identityOf);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(before.map(identityOf)));
    }
  });

  test('refuses a cursor with any other filter, order, tenant or list', async () => {
    const [page] = await secondPages(
      api,
      known,
      own.tenant_id,
      everyRead.find(([name]) => name === operation)![1],
    );
    const { query, cursor } = page!;
    const asked = { ...query, cursor };
    expect((await ask(endpoint, asked)).status).toBe(200);
    // How much, and in which format, is no part of the question.
    expect((await ask(endpoint, { ...asked, limit: '7' })).status).toBe(200);

    const names = Object.keys(endpoint.query.shape).filter(
      (name) => !['limit', 'cursor', 'sort'].includes(name),
    );
    const others: Values[] = [
      ...names.flatMap((name) => {
        const value = valueFor(endpoint, name);
        return value === undefined ? [] : [{ ...asked, [name]: value }];
      }),
      ...sortsOf(endpoint)
        .filter((sort) => sort !== query['sort'])
        .map((sort) => ({ ...asked, sort })),
    ];
    // A list without filters has one question, whose cursor is of its tenant and of no other list.
    expect(others.length).toBeGreaterThanOrEqual(names.length > 0 ? 1 : 0);
    const refusals = [];
    for (const each of others) refusals.push([each, await ask(endpoint, each)] as const);
    refusals.push([asked, await ask(endpoint, asked, other.tenant_id)] as const);
    for (const [, { endpoint: list }] of lists)
      if (list !== endpoint)
        refusals.push([{}, await ask(list, { limit: '1', ...still(list), cursor })] as const);
    for (const [each, answer] of refusals) {
      expect([each, answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([
        each,
        422,
        'cursor-mismatch',
      ]);
      expectProblem(answer);
    }
  });

  test('goes on in the days where it began, also past midnight', async () => {
    const { next_cursor: cursor, range } = await pageOf(endpoint, { limit: '1' });
    if (range === undefined) return;
    const [version, print, days, keys] = JSON.parse(
      Buffer.from(cursor ?? '', 'base64url').toString(),
    ) as unknown[];
    expect(days).toEqual([range.from, range.to]);
    // The cursor of a page that was read yesterday.
    const yesterdays = [daysAgo(31), daysAgo(1)];
    const older = Buffer.from(JSON.stringify([version, print, yesterdays, keys])).toString(
      'base64url',
    );
    const page = await pageOf(endpoint, { limit: '1', cursor: older });
    expect([page.range?.from, page.range?.to]).toEqual(yesterdays);
    expect(yesterdays).not.toEqual([range.from, range.to]);
  });
});

test('control: pages by number would have repeated rows', () => {
  expect(repeatedByNumber.size).toBeGreaterThan(2);
});

test('what arrived was counted', async () => {
  expect(arrivals).toBeGreaterThan(lists.length);
  const [row] = await askRows<{ n: number }>(
    api.world.admin,
    `select count(*) as n from olap.campaign_analytics where campaign_id like 'middle-%'`,
  );
  expect(row?.n).toBe(arrivals);
});
