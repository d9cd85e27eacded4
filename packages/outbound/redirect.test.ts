import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOutboundRoom, type OutboundRoom } from '../../test/world/outbound-room.ts';
import { webPolicy } from './policy.ts';
import { request, type Ask } from './request.ts';

type Seen = {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

let room: OutboundRoom;
let script: [status: number, location?: string][] = [];
let seen: Seen[] = [];
beforeAll(async () => {
  room = await openOutboundRoom((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', headers: request.headers, body });
      const [status, location] = script.shift() ?? [200];
      response.writeHead(status, location === undefined ? {} : { location }).end('end');
    });
  });
});
afterAll(() => room.close());
beforeEach(() => {
  script = [];
  seen = [];
  room.dialled();
});

const zone = { 'a.example.com': ['93.184.215.14'], 'b.example.com': ['93.184.215.15'] };
const ask = (wish: Partial<Ask> = {}) =>
  request(
    {
      url: 'http://a.example.com/start',
      headers: { Authorization: 'Bearer x', 'X-Api-Key': 'y', Accept: 'text/plain' },
      timeoutMs: 5_000,
      ...wish,
    },
    { policy: webPolicy(), network: room.networkOf(zone), ca: room.authority.ca },
  );

test('the same origin sees every header again, with its own Host, over a connection of its own', async () => {
  script = [[302, '/next']];
  const answer = await ask();

  expect(answer).toMatchObject({ status: 200, hops: 1, finalUrl: 'http://a.example.com/next' });
  expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer x', host: 'a.example.com' });
  expect(room.dialled()).toHaveLength(2);
});

test.each(['http://b.example.com/', 'http://a.example.com:8080/', 'https://a.example.com/'])(
  'another origin (%s) sees no header that may be a secret',
  async (location) => {
    script = [[307, location]];
    await ask({
      method: 'POST',
      body: 'told',
      headers: { cookie: 'c', 'X-Api-Key': 'y', accept: 'a/b' },
    });

    const { headers, body } = seen[1] ?? {};
    expect(Object.keys(headers ?? {}).toSorted()).toEqual([
      'accept',
      'connection',
      'content-length',
      'host',
      'user-agent',
    ]);
    expect(body).toBe('told');
  },
);

test('a name and certificate are those of the URL, though the address is dialled', async () => {
  const answer = await ask({ url: 'https://a.example.com/' });

  expect(answer.certificate?.subject).toBe('CN=a.example.com');
  expect(seen[0]?.headers.host).toBe('a.example.com');
  expect(room.dialled()).toEqual(['93.184.215.14:443']);
});

test('an address of IPv6 is dialled without brackets and named with them', async () => {
  const answer = await ask({ url: 'http://[2606:4700::1111]:8080/' });

  expect([answer.address, seen[0]?.headers.host]).toEqual([
    '2606:4700::1111',
    '[2606:4700::1111]:8080',
  ]);
});

test.each([
  [301, 'POST', 'GET', ''],
  [302, 'POST', 'GET', ''],
  [303, 'POST', 'GET', ''],
  [303, 'PUT', 'GET', ''],
  [301, 'PUT', 'PUT', 'told'],
  [307, 'POST', 'POST', 'told'],
  [308, 'POST', 'POST', 'told'],
] as const)('after %d a %s becomes %s', async (status, before, after, body) => {
  script = [[status, '/next']];
  await ask({ method: before, body: 'told', headers: { 'content-type': 'text/plain' } });

  expect(seen[1]).toMatchObject({ method: after, body });
  expect(seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
});

test('three redirects are followed and a fourth is refused', async () => {
  script = Array.from({ length: 3 }, () => [302, '/again']);
  expect(await ask()).toMatchObject({ status: 200, hops: 3 });

  script = Array.from({ length: 4 }, () => [302, '/again']);
  await expect(ask()).rejects.toMatchObject({ kind: 'forbidden', code: 'outbound-refused' });
});

test('who follows none gets the redirect as the answer; so does one without a place to go', async () => {
  script = [[302, 'http://127.0.0.1/']];
  expect(await ask({ redirects: 0 })).toMatchObject({ status: 302, hops: 0, bytes: 3 });

  script = [[302]];
  expect(await ask()).toMatchObject({ status: 302, hops: 0 });
  expect(seen).toHaveLength(2);
});

test.each([
  'http://10.0.0.1/',
  '//169.254.169.254/latest',
  'http://[::ffff:127.0.0.1]/',
  'http://localhost:8080/',
  'http://b.example.com:22/',
  'http://me:secret@b.example.com/',
  'ftp://b.example.com/',
  `/${'x'.repeat(500)}`,
])('a redirect to %s is refused before anything is dialled', async (location) => {
  script = [[302, location]];
  const failure: unknown = await ask().catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'outbound-refused' });
  expect(String(failure)).not.toContain('secret');
  expect(room.dialled()).toEqual(['93.184.215.14:80']);
});
