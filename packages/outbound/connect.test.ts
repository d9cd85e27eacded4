import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { openAuthority } from '../../test/world/certificate.ts';
import { listening } from '../../test/world/outbound-room.ts';
import { connectTo, type Call } from './connect.ts';
import { reasonOf } from './failure.ts';
import { systemNetwork, type Network } from './network.ts';

const authority = openAuthority();
const open: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const server of open.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
});

const serve = async (server: Server): Promise<number> => {
  open.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  return listening(server);
};
const empty = async (): Promise<void> => {
  for (const socket of sockets)
    await new Promise((closed) => {
      socket.resume().once('close', closed);
    });
};

const callAt = (port: number, wish: Partial<Call> = {}) =>
  connectTo(
    { host: '127.0.0.1', port, timeoutMs: 10_000, ...wish },
    { policy: { ports: [], exceptions: [`127.0.0.1:${port}`] }, ca: authority.ca },
  );
const greeting = async (socket: Socket): Promise<string> => {
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString();
};

test('a connection tells its address and the parts of its time, and is gone when it is closed', async () => {
  const port = await serve(createServer((socket) => socket.write('220 ready\r\n')));

  const connection = await callAt(port);
  expect(await greeting(connection.socket)).toBe('220 ready\r\n');
  expect(connection).toMatchObject({ address: '127.0.0.1', certificate: null });
  expect(connection.timing.tls).toBeNull();
  connection.close();
  await empty();
});

test('TLS from the first byte names the certificate', async () => {
  const port = await serve(
    createTlsServer(authority.issue(['127.0.0.1']), (socket) => socket.write('* OK\r\n')),
  );

  const connection = await callAt(port, { tls: true });
  expect(await greeting(connection.socket)).toBe('* OK\r\n');
  expect(connection.certificate?.subject).toBe('CN=127.0.0.1');
  connection.close();
  await empty();
});

const startTlsServer = (names: readonly string[]) =>
  createServer((socket) => {
    socket.write('220 ready\r\n');
    socket.once('data', () => {
      socket.write('220 go ahead\r\n');
      const over = new TLSSocket(socket, { isServer: true, ...authority.issue(names) });
      over.on('error', () => {}).on('end', () => socket.destroy());
      over.resume().write('250 secret\r\n');
    });
  });
const upgraded = async (port: number) => {
  const plain = await callAt(port);
  await greeting(plain.socket);
  plain.socket.write('STARTTLS\r\n');
  await greeting(plain.socket);
  return plain.startTls();
};

test('a connection goes over to TLS in the middle, and closes whole', async () => {
  const port = await serve(startTlsServer(['127.0.0.1']));

  const over = await upgraded(port);
  expect(await greeting(over.socket)).toBe('250 secret\r\n');
  expect([over.certificate?.subject, over.address]).toEqual(['CN=127.0.0.1', '127.0.0.1']);
  expect(over.timing.tls).toBeGreaterThan(0);
  over.close();
  await empty();
});

test('a server that goes over to TLS under another name is refused, and nothing stays open', async () => {
  const port = await serve(startTlsServer(['mail.example']));

  const failure = await upgraded(port).catch((error: unknown) => error);
  expect(reasonOf(failure)).toBe('tls');
  await empty();
});

test('a server that stalls is left at the deadline: who reads gets the reason', async () => {
  const port = await serve(createServer());

  const connection = await callAt(port, { timeoutMs: 200 });
  const failure = await once(connection.socket, 'data').catch((error: unknown) => error);
  expect(reasonOf(failure)).toBe('timeout');
  await empty();
});

test('who gives up gets out of an open connection', async () => {
  const port = await serve(createServer());
  const controller = new AbortController();

  const connection = await callAt(port, { signal: controller.signal });
  const reading = once(connection.socket, 'data').catch((error: unknown) => error);
  controller.abort();
  expect(reasonOf(await reading)).toBe('aborted');
  await empty();
});

test('nobody listens: refused', async () => {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');

  expect(reasonOf(await callAt(port).catch((error: unknown) => error))).toBe('refused');
});

const zone: Record<string, string[]> = {
  'pub.example.com': ['93.184.215.14'],
  'inner.example.com': ['93.184.215.14', '::ffff:10.0.0.1'],
};

test.each([
  ['pub.example.com', 26],
  ['pub.example.com', 0],
  ['inner.example.com', 25],
  ['10.0.0.1', 25],
  ['0x7f.1', 25],
  ['2130706433', 25],
  ['::1', 25],
  ['[::1]', 25],
  ['[::ffff:7f00:1]', 25],
  ['fe80::1%eth0', 25],
  ['localhost', 25],
  ['mail', 25],
  ['db.internal.', 25],
  ['me@pub.example.com', 25],
  ['pub.example.com/x', 25],
  ['pub.example.com#', 25],
  ['', 25],
])('%j port %d is refused and nothing is dialled', async (host, port) => {
  let dialled = 0;
  const network: Network = {
    resolve: async (name) => zone[name] ?? [],
    dial: (...place) => {
      dialled += 1;
      return systemNetwork.dial(...place);
    },
  };

  const call = connectTo(
    { host, port, timeoutMs: 1_000 },
    { policy: { ports: [25], exceptions: [] }, network },
  );
  await expect(call).rejects.toMatchObject({ kind: 'forbidden', code: 'outbound-refused' });
  expect(dialled).toBe(0);
});
