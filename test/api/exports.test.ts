import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { depth } from '../world/depth.ts';
import { bulk, columnsOf, ndjson, printOf, stored, streaming, whole } from './export-rows.ts';
import { callerOf, targetOf, type Values } from './questions.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';

const [own, other] = tenants;
// A part has 5,000 rows.
const sizes = depth([5_000, 5_001], [4_999, 5_000, 5_001, 10_000, 30_000]);

let api: Api;

beforeAll(async () => {
  api = await openApi();
  for (const each of [own, other]) await seed(api.desk, each);
});
afterAll(() => api.close());

const csvCell = (value: unknown): string => {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return typeof value === 'string' && /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? `'${text}` : text;
};

describe.each(streaming)('%s', (operation, { endpoint }) => {
  const read = async (tenantId: string, range: Values, suffix = '', headers: Values = {}) => {
    const answer = await api.ask(callerOf(endpoint, tenantId), {
      target: targetOf(endpoint, {}, range, suffix),
      headers,
    });
    expect(answer.status).toBe(200);
    return answer;
  };

  test.each([
    whole,
    { from: '2025-03-01', to: '2025-04-01' },
    { from: '2001-01-01', to: '2001-02-01' },
  ])('equals the table from $from to $to, as NDJSON and as CSV', async (range) => {
    const rows = await stored(api.world.admin, endpoint, own.tenant_id, range);
    const exported = ndjson((await read(own.tenant_id, range)).text);
    expect([exported.length, printOf(exported)]).toEqual([rows.length, printOf(rows)]);

    const csv = await read(own.tenant_id, range, '.csv');
    const [header, ...lines] = parse(csv.text);
    expect(header).toEqual(columnsOf(endpoint));
    expect(lines).toEqual(
      exported.map((row) => columnsOf(endpoint).map((name) => csvCell(row[name]))),
    );
    expect(csv.headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="[a-z-]+_${range.from}_${range.to}\\.csv"$`),
    );
    expect(rows.length).toBeGreaterThanOrEqual(range === whole ? 10 : 0);
  });

  test.each(sizes)('has every row once where parts meet: %i rows', async (count) => {
    const tenantId = `bulk-${operation}-${count}`;
    await bulk(api.world.admin, endpoint, tenantId, own.tenant_id, count);
    const exported = ndjson((await read(tenantId, whole)).text);
    const rows = await stored(api.world.admin, endpoint, tenantId, whole);
    expect([exported.length, printOf(exported)]).toEqual([count, printOf(rows)]);
    const packed = await read(tenantId, whole, '', { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(printOf(ndjson(packed.text))).toBe(printOf(rows));
    expect(packed.bytes.length).toBeLessThan(Buffer.byteLength(packed.text) / 5);
  });
});
