import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProbeRoom, type ProbeRoom } from '../../test/world/probe-room.ts';

let room: ProbeRoom;
beforeEach(() => {
  room = openProbeRoom();
});
afterEach(() => room.close());

const day = 86_400_000;
const http = async (listener: RequestListener, path = '/'): Promise<string> =>
  `http://127.0.0.1:${await room.serve(createServer(listener))}${path}`;
const raw = async (talk: (socket: Socket) => void): Promise<string> =>
  `http://127.0.0.1:${await room.serve(createRawServer(talk))}/`;
const secure = async (days: number, name = 'localhost'): Promise<string> => {
  const issued = room.authority.issue([name], new Date(Date.now() + days * day + 60_000));
  const server = createSecureServer(issued, (_, response) => response.end('ok'));
  return `https://localhost:${await room.serve(server)}/`;
};

test('a server that answers well is ok, with its time and no word of its body', async () => {
  const url = await http((_, response) => {
    response.setHeader('x-ratelimit-limit', '100');
    response.setHeader('x-ratelimit-remaining', '7');
    response.end('a secret of the tenant');
  });

  const found = await room.find({ kind: 'http', url });

  expect(found).toMatchObject({ outcome: 'ok', reason: null, network: false, attempts: 1 });
  expect(found.responseMs).toBeGreaterThanOrEqual(0);
  expect(found.details).toMatchObject({ status: 200, rate_limit: { quota: 100, remaining: 7 } });
  expect(JSON.stringify(found)).not.toContain('secret');
});

test('statuses are judged at both ends of a range, behind redirects, and as they are without', async () => {
  const url = await http((request, response) => {
    const status = Number(request.url?.slice(1));
    response.writeHead(status, status === 302 ? { location: '/200' } : {}).end();
  });
  const at = async (status: number, more: object = {}) =>
    (await room.find({ kind: 'http', url: url + String(status), ...more })).outcome;

  expect(await at(399)).toBe('ok');
  expect(await at(400)).toBe('failed');
  expect(await at(503, { status: [503] })).toBe('ok');
  expect(await at(302, { status: [200] })).toBe('ok');
  expect(await at(302, { status: [302], redirects: 0 })).toBe('ok');
});

test('headers and body keep their conditions or the check fails, and says which', async () => {
  const body = JSON.stringify({ state: 'up', queue: { depth: 5 }, nodes: [{ up: true }] });
  const url = await http((_, response) => {
    response.setHeader('x-version', '1.2').end(body);
  });
  const reason = async (more: object) => (await room.find({ kind: 'http', url, ...more })).reason;
  const json = (path: string, op: string, value?: unknown) =>
    reason({ json_conditions: [value === undefined ? { path, op } : { path, op, value }] });

  expect(await json('$.state', 'equals', 'up')).toBeNull();
  expect(await json('$.state', 'equals', 'down')).toContain('$.state is not equals "down"');
  expect(await json('$.queue.depth', 'lt', 6)).toBeNull();
  expect(await json('$.queue.depth', 'lt', 5)).toContain('$.queue.depth');
  expect(await json('$.nodes[*].up', 'equals', true)).toBeNull();
  expect(await json('$.none', 'not-equals', 1)).toContain('nothing at $.none');
  expect(await json('$.none', 'absent')).toBeNull();
  expect(await json('$.nodes[?@.up == false]', 'absent')).toBeNull();
  expect(await json('$.[', 'exists')).toContain('cannot be followed');
  expect(await reason({ contains: ['"up"'], not_contains: ['down'] })).toBeNull();
  expect(await reason({ contains: ['down'] })).toContain('does not hold "down"');
  expect(await reason({ not_contains: ['up'] })).toContain('holds "up"');
  const header = (op: string, value?: string) =>
    reason({ header_conditions: [{ name: 'X-Version', op, ...(value && { value }) }] });
  expect(await header('equals', '1.2')).toBeNull();
  expect(await header('contains', '2.0')).toContain('X-Version');
  expect(await header('absent')).toContain('X-Version');
});

test('a body that is not JSON, or is huge, fails a condition on it, and none without', async () => {
  const url = await http((_, response) => {
    response.write('x'.repeat(100_000));
    response.end('x'.repeat(1_000_000));
  });

  expect(await room.find({ kind: 'http', url })).toMatchObject({ outcome: 'ok' });
  const asked = await room.find({ kind: 'http', url, contains: ['y'] });
  expect(asked).toMatchObject({ outcome: 'failed', network: false });
  expect(asked.reason).toContain('too-large');
});

test('a certificate is ok, soft and failed on both sides of its limits', async () => {
  const bounds = { certificate: { warn_days: 21, fail_days: 3 } };
  const at = async (days: number) =>
    (await room.find({ kind: 'http', url: await secure(days), ...bounds })).outcome;

  expect(await at(21)).toBe('ok');
  expect(await at(20)).toBe('soft');
  expect(await at(3)).toBe('soft');
  expect(await at(2)).toBe('failed');
});

test('an expired certificate, a foreign name and an unknown authority fail, and are not our network', async () => {
  const expired = await room.find({ kind: 'http', url: await secure(-1) });
  const foreign = await room.find({ kind: 'http', url: await secure(90, 'other.example') });
  const url = await secure(90);
  const { ca: _, ...usual } = room.surroundings();
  const strange = await room.find({ kind: 'http', url }, { surroundings: { ...usual, ca: '' } });

  for (const found of [expired, foreign, strange])
    expect(found).toMatchObject({ outcome: 'failed', network: false, responseMs: null });
  expect(expired.details).toEqual({ failure: 'tls' });
});

const wrong: Readonly<Record<string, [string, boolean, (socket: Socket) => void]>> = {
  'says nothing': ['timeout', true, () => {}],
  'resets the connection': ['reset', false, (socket) => socket.resetAndDestroy()],
  'speaks no HTTP': ['protocol', false, (socket) => socket.end('220 mail.example ESMTP\r\n')],
  'drips its body': [
    'timeout',
    true,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const drip = setInterval(() => socket.write('.'), 50);
      socket.on('close', () => clearInterval(drip));
    },
  ],
};
test.each(Object.entries(wrong))('a server that %s fails within its time', async (_, form) => {
  const [failure, network, talk] = form;
  const url = await raw(talk);
  const began = performance.now();

  const found = await room.find({ kind: 'http', url });

  expect(found).toMatchObject({ outcome: 'failed', network, details: { failure } });
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a closed port is no fault of our network; an inner address is refused and never tried again', async () => {
  const server = createServer();
  const url = `http://127.0.0.1:${await room.serve(server)}/`;
  server.close();

  const closed = await room.find({ kind: 'http', url }, { retries: 2 });
  expect(closed).toMatchObject({ outcome: 'failed', network: false, attempts: 3 });
  const inner = await room.find({ kind: 'http', url: 'http://169.254.169.254/' }, { retries: 2 });
  expect(inner).toMatchObject({ outcome: 'failed', network: false, attempts: 1 });
  expect(inner.details).toEqual({ failure: 'outbound-refused' });
});
