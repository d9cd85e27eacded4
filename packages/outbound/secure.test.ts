import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import { openAuthority } from '../../test/world/certificate.ts';
import {
  askLoopback,
  closeServers,
  emptied,
  reasonWhy,
  serve,
  timeFor,
} from '../../test/world/loopback.ts';

afterEach(() => {
  closeServers();
  vi.unstubAllEnvs();
});
const raw = (talk: (socket: Socket) => void) => serve(createServer(talk));
const head = 'HTTP/1.1 200 OK\r\n';

const authority = openAuthority();
const past = new Date(Date.now() - 60_000);
const secure = async (cert: { cert: string; key: string }) =>
  serve(createTlsServer(cert, (socket) => void socket.on('error', () => {}).end(`${head}\r\nok`)));

test('TLS: a good certificate is told with its end, and the parts of the time are told', async () => {
  const until = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 86_400_000);
  const { port } = await secure(authority.issue(['127.0.0.1'], until));

  const answer = await askLoopback(
    port,
    { url: `https://127.0.0.1:${port}/` },
    { ca: authority.ca },
  );
  expect(answer).toMatchObject({ status: 200, bytes: 2, certificate: { validTo: until } });
  const { dns, connect, tls, firstByte, total } = answer.timing;
  expect(tls).toBeGreaterThan(0);
  expect(dns + connect + (tls ?? 0) + firstByte).toBeLessThanOrEqual(total);
});

test.each([
  ['of an authority nobody knows', () => openAuthority().issue(['127.0.0.1'])],
  ['for another name', () => authority.issue(['other.example'])],
  ['that has ended', () => authority.issue(['127.0.0.1'], past)],
  [
    'that has not begun',
    () => authority.issue(['127.0.0.1'], undefined, new Date(Date.now() + 60_000)),
  ],
])('TLS: a certificate %s is refused, whatever the environment allows', async (_what, issue) => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const { port, sockets } = await secure(issue());

  const answer = askLoopback(port, { url: `https://127.0.0.1:${port}/` }, { ca: authority.ca });
  expect(await reasonWhy(answer)).toBe('tls');
  await emptied(sockets);
});

test.each([
  ['speaks plain HTTP', 'tls', (socket: Socket) => socket.end(`${head}\r\nok`)],
  ['hangs in the handshake', 'timeout', () => {}],
  ['hangs up in the handshake', 'reset', (socket: Socket) => socket.destroy()],
])('TLS: a server that %s ends in %s', async (_what, expected, talk) => {
  const { port, sockets } = await raw((socket) => socket.once('data', () => talk(socket)));

  const wish = { url: `https://127.0.0.1:${port}/`, ...timeFor(expected) };
  expect(await reasonWhy(askLoopback(port, wish))).toBe(expected);
  await emptied(sockets);
});
