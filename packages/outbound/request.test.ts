import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import {
  askLoopback,
  closeServers,
  emptied,
  reasonWhy,
  serve,
  timeFor,
} from '../../test/world/loopback.ts';
import { systemNetwork, type Network } from './network.ts';

afterEach(closeServers);
const raw = (talk: (socket: Socket) => void) => serve(createServer(talk));
const http = (listener: RequestListener) => serve(createHttpServer(listener));

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

    expect(await reasonWhy(askLoopback(port, timeFor(expected)))).toBe(expected);
    await emptied(sockets);
  },
);

test('a body of exactly the limit is whole, one byte more is refused, or cut on demand', async () => {
  let size = 65_536;
  const { port } = await http((_request, response) => response.end(Buffer.alloc(size, 'a')));

  expect(await askLoopback(port)).toMatchObject({ bytes: 65_536, isCut: false });
  size += 1;
  expect(await reasonWhy(askLoopback(port))).toBe('too-large');
  expect(await askLoopback(port, { beyond: 'cut' })).toMatchObject({ bytes: 65_536, isCut: true });
  expect(await askLoopback(port, { method: 'HEAD' })).toMatchObject({ status: 200, bytes: 0 });
});

test('an endless body costs the limit and not the memory', async () => {
  const { port, sockets } = await http((_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  });

  expect(await reasonWhy(askLoopback(port))).toBe('too-large');
  await emptied(sockets);
});

test('a port where nobody listens is refused; the next address of the name is tried', async () => {
  const gone = await raw(() => {});
  closeServers();
  const { port } = await http((_request, response) => response.end('second'));
  const network: Network = {
    ...systemNetwork,
    resolve: async () => ['127.0.0.2', '127.0.0.1'],
  };

  expect(await reasonWhy(askLoopback(gone.port))).toBe('refused');
  const answer = await askLoopback(port, { url: `http://named.example:${port}/` }, { network });
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
  const answer = await askLoopback(port, wish, { network });
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

  expect(await reasonWhy(askLoopback(9, { url: 'http://named.example:9/' }, { network }))).toBe(
    'refused',
  );
  expect(dialled).toBe(4);
});

test('a look-up that hangs ends at the deadline', async () => {
  const network: Network = { ...systemNetwork, resolve: () => new Promise(() => {}) };
  const wish = { url: 'http://named.example:9/', timeoutMs: 100 };
  expect(await reasonWhy(askLoopback(9, wish, { network }))).toBe('timeout');
});

test('who gives up gets out at once, before and during the request', async () => {
  const { port, sockets } = await raw(() => {});
  const controller = new AbortController();
  const given = reasonWhy(askLoopback(port, { timeoutMs: 60_000, signal: controller.signal }));
  while (sockets.size === 0) await turn();
  controller.abort();

  expect(await given).toBe('aborted');
  expect(await reasonWhy(askLoopback(port, { signal: controller.signal }))).toBe('aborted');
  await emptied(sockets);
});

test.each([
  ['Host', 'evil.example'],
  ['Transfer-Encoding', 'chunked'],
  ['content-length', '5'],
  ['x-ok', 'a\r\nx-evil: 1'],
  ['x evil', '1'],
])('header %s: %j is not sent', async (name, value) => {
  const answer = askLoopback(9, { headers: { [name]: value } });
  await expect(answer).rejects.toMatchObject({ code: 'outbound-refused' });
});
