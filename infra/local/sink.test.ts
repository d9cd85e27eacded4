import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSink, type Sink } from './sink.ts';

let sink: Sink;
beforeAll(async () => {
  sink = await startSink(0);
});
afterAll(() => sink.stop());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${sink.url}${path}`, { method: 'POST', body, headers });
const slack = JSON.stringify({ text: 'a <b>title</b> & more', blocks: [] });

test('what arrived is shown newest first, as text and never as markup, and loads nothing from elsewhere', async () => {
  await post('/slack/first', slack);
  await post('/slack/second', slack);

  const page = await fetch(sink.url);
  const html = await page.text();
  expect(html.indexOf('/slack/second')).toBeLessThan(html.indexOf('/slack/first'));
  expect(html).toContain('a &lt;b&gt;title&lt;/b&gt; &amp; more');
  expect(html).not.toMatch(/<b>|src=|href=|<script/);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const notices: unknown = await (await fetch(`${sink.url}/notices.json`)).json();
  expect(notices).toMatchObject([{ to: '/slack/second' }, { to: '/slack/first' }]);
});

test('it answers as the services do, and refuses what they would not understand', async () => {
  expect(await (await post('/slack/x', slack)).text()).toBe('ok');
  expect((await post('/slack/x', '{"no":"blocks"}')).status).toBe(400);
  expect((await post('/v2/enqueue', '{"routing_key":"r"}')).status).toBe(400);
  expect((await post('/v2/email/outbound-emails', 'not json')).status).toBe(400);
  expect((await post('/nowhere', '{}')).status).toBe(404);
  expect((await fetch(`${sink.url}/nowhere`)).status).toBe(404);
});

test('it fails when told to, as often as told, and no page of somebody else can tell it', async () => {
  const order = JSON.stringify({ channel: 'slack', fault: '429', times: 2 });
  const json = { 'content-type': 'application/json' };
  expect((await post('/faults', order)).status).toBe(415);
  expect((await post('/faults', '{"channel":"fax"}', json)).status).toBe(400);
  expect((await post('/faults', order, json)).status).toBe(204);

  const before = sink.arrivals().length;
  const answers = [await post('/slack/x', slack), await post('/slack/x', slack)];
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [429, '7'],
    [429, '7'],
  ]);
  expect(sink.arrivals()).toHaveLength(before);
  expect((await post('/slack/x', slack)).status).toBe(200);
});

test('a webhook whose signature is none of the secret it was told is refused, and shown as such', async () => {
  const body = JSON.stringify({ type: 'alert.firing', data: { alerts: [] } });
  const headers = { 'webhook-id': 'i', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' };
  expect((await post('/webhook/any', body, headers)).status).toBe(204);
  sink.expect('/webhook/any', `whsec_${Buffer.alloc(32).toString('base64')}`);

  expect((await post('/webhook/any', body, headers)).status).toBe(401);
  expect((await post('/webhook/any', body)).status).toBe(401);
  expect(sink.arrivals().slice(-3)).toMatchObject([
    { signature: 'unchecked' },
    { signature: 'bad' },
    { signature: 'bad' },
  ]);
});
