import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, Socket, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { openAuthority } from '../../test/world/certificate.ts';
import { listening } from '../../test/world/outbound-room.ts';
import { reasonOf } from './failure.ts';
import { systemNetwork, type Network } from './network.ts';
import { request, type Ask } from './request.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
  vi.unstubAllEnvs();
});

// A server on loopback whose connections are counted; it is named as an exception of the policy, as a laptop does.
const serve = async (server: Server): Promise<{ port: number; sockets: Set<Socket> }> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  const port = await listening(server);
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port, sockets };
};
const raw = (talk: (socket: Socket) => void) => serve(createServer(talk));
const http = (listener: RequestListener) => serve(createHttpServer(listener));

const askAt = (
  port: number,
  wish: Partial<Ask> = {},
  network: Network = systemNetwork,
  ca = '',
) => {
  const url = wish.url ?? `http://127.0.0.1:${port}/`;
  const policy = { ports: [], exceptions: [`127.0.0.1:${port}`, `named.example:${port}`] };
  return request(
    { timeoutMs: 10_000, ...wish, url },
    { policy, network, ...(ca !== '' && { ca }) },
  );
};
const reason = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (error: unknown) => reasonOf(error) ?? error,
  );
const empty = async (sockets: Set<Socket>): Promise<void> => {
  for (const socket of sockets)
    await new Promise((closed) => {
      socket.resume().once('close', closed);
    });
};

// Short where the deadline is what is waited for; elsewhere a busy machine gets all the time it wants.
const timeOf = (expected: unknown): Partial<Ask> =>
  expected === 'timeout' ? { timeoutMs: 300 } : {};

const head = 'HTTP/1.1 200 OK\r\n';
const forms: Readonly<Record<string, [unknown, (socket: Socket) => void]>> = {
  'says nothing': ['timeout', () => {}],
  'drips its headers': [
    'timeout',
    (socket) => {
      socket.write(head);
      const drip = setInterval(() => socket.write('x-drip: 1\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    },
  ],
  'drips its body': [
    'timeout',
    (socket) => {
      socket.write(`${head}content-length: 60000\r\n\r\n`);
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(drip));
    },
  ],
  'sends "continue" for ever': [
    'timeout',
    (socket) => {
      const drip = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    },
  ],
  'hangs up': ['reset', (socket) => socket.end()],
  resets: ['reset', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  'resets within the body': [
    'reset',
    (socket) => {
      socket.write(`${head}content-length: 60000\r\n\r\nxxx`);
      setTimeout(() => socket.resetAndDestroy(), 50);
    },
  ],
  'ends within the body': [
    'reset',
    (socket) => socket.once('data', () => socket.end(`${head}content-length: 9\r\n\r\nxxx`)),
  ],
  'speaks another protocol': [
    'protocol',
    (socket) => socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')),
  ],
  'changes the protocol': [
    'protocol',
    (socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      ),
  ],
  'sends endless headers': [
    'too-large',
    (socket) => socket.once('data', () => socket.write(head + 'x-long: y\r\n'.repeat(9_000))),
  ],
};

test.each(Object.entries(forms))(
  'a server that %s ends in a reason, within the deadline, and no connection stays',
  async (_what, [expected, talk]) => {
    const { port, sockets } = await raw((socket) => {
      socket.on('error', () => {});
      talk(socket);
    });

    expect(await reason(askAt(port, timeOf(expected)))).toBe(expected);
    await empty(sockets);
  },
);

test('a body of exactly the limit is whole, one byte more is refused, or cut on demand', async () => {
  let size = 65_536;
  const { port } = await http((_request, response) => response.end(Buffer.alloc(size, 'a')));

  expect(await askAt(port)).toMatchObject({ bytes: 65_536, isCut: false });
  size += 1;
  expect(await reason(askAt(port))).toBe('too-large');
  expect(await askAt(port, { beyond: 'cut' })).toMatchObject({ bytes: 65_536, isCut: true });
  expect(await askAt(port, { method: 'HEAD' })).toMatchObject({ status: 200, bytes: 0 });
});

test('an endless body costs the limit and not the memory', async () => {
  const { port, sockets } = await http((_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  });

  expect(await reason(askAt(port))).toBe('too-large');
  await empty(sockets);
});

test('a port where nobody listens is refused; the next address of the name is tried', async () => {
  const { port } = await http((_request, response) => response.end('second'));
  const network: Network = {
    ...systemNetwork,
    resolve: async () => ['127.0.0.2', '127.0.0.1'],
  };
  const gone = await raw(() => {});
  open.pop()?.();

  expect(await reason(askAt(gone.port))).toBe('refused');
  const answer = await askAt(port, { url: `http://named.example:${port}/` }, network);
  expect(answer.address).toBe('127.0.0.1');
});

test('an address that swallows everything has its share of the time, and the next one the rest', async () => {
  const { port } = await http((_request, response) => response.end('second'));
  const network: Network = {
    resolve: async () => ['192.0.2.1', '127.0.0.1'],
    dial: (address, at) =>
      address === '192.0.2.1' ? new Socket() : systemNetwork.dial(address, at),
  };

  const wish = { url: `http://named.example:${port}/`, timeoutMs: 2_000 };
  const answer = await askAt(port, wish, network);
  expect([answer.address, answer.status]).toEqual(['127.0.0.1', 200]);
});

test('a name with a thousand addresses makes us knock at four', async () => {
  let dialled = 0;
  const network: Network = {
    resolve: async () => Array.from({ length: 1_000 }, (_, n) => `127.0.${n >> 8}.${n & 255}`),
    dial: () => {
      dialled += 1;
      return systemNetwork.dial('127.0.0.1', 1);
    },
  };

  expect(await reason(askAt(9, { url: 'http://named.example:9/' }, network))).toBe('refused');
  expect(dialled).toBe(4);
});

test('a look-up that hangs ends at the deadline', async () => {
  const network: Network = { ...systemNetwork, resolve: () => new Promise(() => {}) };
  const wish = { url: 'http://named.example:9/', timeoutMs: 100 };
  expect(await reason(askAt(9, wish, network))).toBe('timeout');
});

test('who gives up gets out at once, before and during the request', async () => {
  const { port, sockets } = await raw(() => {});
  const controller = new AbortController();
  const given = reason(askAt(port, { timeoutMs: 60_000, signal: controller.signal }));
  while (sockets.size === 0) await turn();
  controller.abort();

  expect(await given).toBe('aborted');
  expect(await reason(askAt(port, { signal: controller.signal }))).toBe('aborted');
  await empty(sockets);
});

const authority = openAuthority();
const past = new Date(Date.now() - 60_000);
const secure = async (cert: { cert: string; key: string }) =>
  serve(createTlsServer(cert, (socket) => void socket.on('error', () => {}).end(`${head}\r\nok`)));

test('TLS: a good certificate is told with its end, and the parts of the time are told', async () => {
  const until = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 86_400_000);
  const { port } = await secure(authority.issue(['127.0.0.1'], until));

  const answer = await askAt(
    port,
    { url: `https://127.0.0.1:${port}/` },
    systemNetwork,
    authority.ca,
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

  const answer = askAt(port, { url: `https://127.0.0.1:${port}/` }, systemNetwork, authority.ca);
  expect(await reason(answer)).toBe('tls');
  await empty(sockets);
});

test.each([
  ['speaks plain HTTP', 'tls', (socket: Socket) => socket.end(`${head}\r\nok`)],
  ['hangs in the handshake', 'timeout', () => {}],
  ['hangs up in the handshake', 'reset', (socket: Socket) => socket.destroy()],
])('TLS: a server that %s ends in %s', async (_what, expected, talk) => {
  const { port, sockets } = await raw((socket) => socket.once('data', () => talk(socket)));

  const wish = { url: `https://127.0.0.1:${port}/`, ...timeOf(expected) };
  expect(await reason(askAt(port, wish))).toBe(expected);
  await empty(sockets);
});

test.each([
  ['Host', 'evil.example'],
  ['Transfer-Encoding', 'chunked'],
  ['content-length', '5'],
  ['x-ok', 'a\r\nx-evil: 1'],
  ['x evil', '1'],
])('header %s: %j is not sent', async (name, value) => {
  const answer = askAt(9, { headers: { [name]: value } });
  await expect(answer).rejects.toMatchObject({ code: 'outbound-refused' });
});
