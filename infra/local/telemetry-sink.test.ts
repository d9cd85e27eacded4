import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShelf } from './telemetry-sink-held.ts';
import { startTelemetrySink, type TelemetrySink } from './telemetry-sink.ts';

let sink: TelemetrySink;
beforeAll(async () => {
  sink = await startTelemetrySink(0);
});
afterAll(() => sink.stop());

const json = { 'content-type': 'application/json' };
const ndjson = { 'content-type': 'application/x-ndjson' };
const post = (path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string>) =>
  fetch(`${sink.url}${path}`, { method: 'POST', body, headers });

let made = 0;
const captured = (more: object = {}) => ({
  uuid: `00000000-0000-5000-8000-${String((made += 1)).padStart(12, '0')}`,
  event: 'email_opened',
  distinct_id: 'usr_1',
  timestamp: '2026-11-20T23:30:00.000Z',
  properties: { tenant_id: 'wren' },
  ...more,
});
const batch = (...events: object[]) => JSON.stringify({ api_key: 'phc_x', batch: events });
const at = (timestamp: string, distinct_id: string) =>
  captured({ event: 'asked', timestamp, distinct_id });
const last = () => sink.events().at(-1);

test('it takes what PostHog takes, packed or not and by both paths, and refuses what PostHog refuses', async () => {
  const one = captured();
  const packed = { ...json, 'content-encoding': 'gzip' };
  const bearer = { ...json, authorization: 'Bearer phc_x' };

  expect((await post('/batch/', batch(one), json)).status).toBe(200);
  expect((await post('/batch/', gzipSync(batch(one)), packed)).status).toBe(200);
  const v1 = JSON.stringify({ created_at: 'x', batch: [one] });
  expect((await post('/i/v1/analytics/events', v1, bearer)).status).toBe(200);
  expect(last()).toMatchObject({ id: one.uuid, deliveries: 3, changed: false, tenant: 'wren' });

  const held = sink.events().length;
  const wrongs = [
    [batch(captured({ event: '' })), 400],
    [batch(captured({ distinct_id: '' })), 400],
    [batch(captured(), captured({ uuid: 'none' })), 400],
    [batch(), 400],
    ['not json', 400],
    [JSON.stringify({ api_key: 'phx_personal', batch: [captured()] }), 401],
    [JSON.stringify({ batch: [captured()] }), 401],
  ] as const;
  for (const [body, status] of wrongs)
    expect((await post('/batch/', body, json)).status).toBe(status);
  expect((await post('/batch/', batch(captured()), { 'content-type': 'text/plain' })).status).toBe(
    415,
  );
  expect((await post('/batch/', 'x'.repeat(21 * 1_024 * 1_024), json)).status).toBe(413);
  const bomb = gzipSync('x'.repeat(21 * 1_024 * 1_024));
  expect((await post('/batch/', bomb, packed)).status).toBe(413);
  expect((await post('/nowhere', '{}', json)).status).toBe(404);
  expect(sink.events()).toHaveLength(held);
});

test('an event is known by its day, name, distinct id and uuid, as PostHog knows it: one that differs there is another', async () => {
  const one = captured();
  const before = sink.events().length;
  const same = { ...one, timestamp: '2026-11-20T01:00:00.000Z', properties: { tenant_id: 'owl' } };

  await post('/batch/', batch(one, same), json);
  expect(sink.events()).toHaveLength(before + 1);
  expect(last()).toMatchObject({ deliveries: 2, changed: true, tenant: 'owl' });
  const others = [{ event: 'x' }, { distinct_id: 'y' }, { timestamp: '2026-11-21T00:00:00Z' }];
  await post('/batch/', batch(...others.map((more) => ({ ...one, ...more }))), json);
  expect(sink.events()).toHaveLength(before + 4);
});

test('the page shows the security log beside PostHog, newest first, as text and never as markup', async () => {
  const evil = '<script>alert(1)</script>';
  const line = { id: 'a', time: '2026-11-21T10:00:00Z', tenant_id: evil, event: 'security_x' };
  const whole = { ...line, actor: null, severity: 'info', properties: { [evil]: evil } };
  expect((await post('/siem', `${JSON.stringify(whole)}\n`, ndjson)).status).toBe(200);
  expect((await post('/siem', `${JSON.stringify(whole)}\n`, ndjson)).status).toBe(200);
  expect((await post('/siem', '{"id":"b"}', ndjson)).status).toBe(400);

  const page = await fetch(sink.url);
  const html = await page.text();
  expect(html.indexOf('security_x</bdi></h2>')).toBeLessThan(
    html.indexOf('email_opened</bdi></h2>'),
  );
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain('came 2 times');
  expect(html).not.toMatch(/<script|src=|href=/);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const shown: unknown = await (await fetch(`${sink.url}/__events`)).json();
  expect(shown).toMatchObject({
    counts: expect.arrayContaining([
      { sink: 'siem', event: 'security_x', events: 1, deliveries: 2 },
    ]),
    events: expect.arrayContaining([expect.objectContaining({ id: 'a', sink: 'siem' })]),
  });
});

test('a query is answered with counts by tenant and day, of events or of actors; another is refused with what is not known', async () => {
  const times = ['2026-10-01T00:00:00Z', '2026-10-01T23:59:59.999Z', '2026-10-02T00:00:00Z'];
  await post('/batch/', batch(...times.flatMap((time) => [at(time, 'a'), at(time, 'a')])), json);
  const ask = async (counts: string, columns = '') => {
    const query =
      `select properties.tenant_id as tenant_id, toString(toDate(toTimeZone(timestamp, 'UTC'))) as day, ${columns}` +
      `${counts} as value from events where event = 'asked' and timestamp >= toDateTime('2026-10-01 00:00:00', 'UTC') ` +
      `and timestamp < toDateTime('2026-10-03 00:00:00', 'UTC') group by tenant_id, day limit 50000`;
    const body = JSON.stringify({ query: { kind: 'HogQLQuery', query } });
    const headers = { ...json, authorization: 'Bearer phx_1' };
    const response = await post('/api/projects/7/query/', body, headers);
    return response.ok ? response.json() : response.status;
  };

  expect(await ask('count()')).toMatchObject({
    columns: ['tenant_id', 'day', 'value'],
    results: [
      ['wren', '2026-10-01', 4],
      ['wren', '2026-10-02', 2],
    ],
    hasMore: false,
  });
  expect(await ask('count(distinct distinct_id)', 'event, ')).toMatchObject({
    results: [
      ['wren', '2026-10-01', 'asked', 1],
      ['wren', '2026-10-02', 'asked', 1],
    ],
  });
  expect(await ask('quantile(0.9)(x)')).toBe(400);
  expect((await post('/api/projects/7/query/', '{}', json)).status).toBe(401);
});

test('it fails when told to, as often as told, and no page of somebody else can tell it', async () => {
  const order = JSON.stringify({ door: 'posthog', fault: '429', times: 2 });
  expect((await post('/faults', order, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post('/faults', '{"door":"fax"}', json)).status).toBe(400);
  expect((await post('/faults', order, json)).status).toBe(204);
  const before = sink.events().length;

  const body = batch(captured());
  expect((await post('/batch/', body, json)).status).toBe(429);
  expect((await post('/batch/', body, json)).status).toBe(429);
  expect(sink.events()).toHaveLength(before);
  expect((await post('/batch/', body, json)).status).toBe(200);
});

test('it holds the last events, so many and no more', () => {
  const shelf = createShelf(3);
  const event = { sink: 'siem', event: 'e', tenant: null, actor: null, time: '', at: '' } as const;
  const some = ['a', 'b', 'c', 'd', 'b'].map((key) => ({ ...event, key, id: key, properties: {} }));

  shelf.take(some);

  expect(shelf.all().map(({ id, deliveries }) => [id, deliveries])).toEqual([
    ['b', 2],
    ['c', 1],
    ['d', 1],
  ]);
});
