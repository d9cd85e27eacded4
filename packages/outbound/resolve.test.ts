import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDeadline } from './deadline.ts';
import { reasonOf } from './failure.ts';
import { checkedAddresses, resolveBy } from './resolve.ts';

// A name server that answers by the first label of the name: what it does for A, then for AAAA.
type Reply = readonly string[] | 'silent' | number;
const replies: Readonly<Record<string, readonly [Reply, Reply]>> = {
  both: [['93.184.215.14', '93.184.215.15'], ['2606:4700::1111']],
  four: [['93.184.215.14'], 'silent'],
  faulty: [['93.184.215.14'], 2],
  six: [[], ['2606:4700::1111']],
  inner: [['93.184.215.14'], ['fd00::1']],
  silent: ['silent', 'silent'],
  nowhere: [3, 3],
  broken: [2, 2],
};

const bytesOf = (address: string): Buffer => {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::').map((side) =>
    side
      .split(':')
      .map((part) => part.padStart(4, '0'))
      .join(''),
  );
  return Buffer.from(head + tail.padStart(32 - head.length, '0'), 'hex');
};
const answerTo = (query: Buffer): Buffer | null => {
  const label = query
    .subarray(13, 13 + (query[12] ?? 0))
    .toString()
    .toLowerCase();
  const end = query.indexOf(0, 12) + 5;
  const isSix = query.readUInt16BE(end - 4) === 28;
  const reply = replies[label]?.[isSix ? 1 : 0] ?? 3;
  if (reply === 'silent') return null;
  const found = typeof reply === 'number' ? [] : reply.map(bytesOf);
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180 | (typeof reply === 'number' ? reply : 0), 2);
  head.writeUInt16BE(found.length, 6);
  head.fill(0, 8, 12);
  const records = found.map((bytes) => {
    const record = Buffer.from('c00c00000001000000010000', 'hex');
    record.writeUInt16BE(isSix ? 28 : 1, 2);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([head, ...records]);
};

let server: Socket;
let servers: string[];
beforeAll(async () => {
  server = createSocket('udp4', (query, { port, address }) => {
    const answer = answerTo(query);
    if (answer !== null) server.send(answer, port, address);
  }).bind(0, '127.0.0.1');
  await once(server, 'listening');
  servers = [`127.0.0.1:${server.address().port}`];
});
afterAll(() => void server.close());

const look = (host: string, timeoutMs = 10_000): Promise<readonly string[]> => {
  const { signal } = startDeadline(timeoutMs);
  return checkedAddresses({ host, port: 80, isExcepted: false }, resolveBy(servers), signal);
};

test('all addresses of a name come, those of IPv4 first', async () => {
  expect(await look('both.example')).toEqual(['93.184.215.14', '93.184.215.15', '2606:4700::1111']);
  expect(await look('six.example')).toEqual(['2606:4700::1111']);
});

test.each(['four', 'faulty'])(
  'a name server that is %s has its other answer counted, and is not waited for',
  async (label) => {
    expect(await look(`${label}.example`)).toEqual(['93.184.215.14']);
  },
);

test('one inner address among the answers refuses the name', async () => {
  await expect(look('inner.example')).rejects.toMatchObject({ code: 'outbound-refused' });
});

test.each(['nowhere', 'broken'])('a name that is %s fails with dns', async (label) => {
  const failure = await look(`${label}.example`).catch((error: unknown) => error);
  expect(reasonOf(failure)).toBe('dns');
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEOUT'])(
  'a look-up that fails with %s is a fault of DNS, not of the target',
  async (code) => {
    const lost = () => Promise.reject(Object.assign(new Error('queryA'), { code }));
    const target = { host: 'a.example', port: 80, isExcepted: false };

    const failure = await checkedAddresses(target, lost, startDeadline(1_000).signal).catch(
      (error: unknown) => error,
    );

    expect(reasonOf(failure)).toBe('dns');
  },
);

test('a name server that is silent is left at the deadline', async () => {
  const failure = await look('silent.example', 200).catch((error: unknown) => error);
  expect(reasonOf(failure)).toBe('timeout');
});

test('a name without a dot is looked up in the hosts file', async () => {
  const { signal } = startDeadline(10_000);
  const target = { host: 'localhost', port: 80, isExcepted: true };
  expect(await checkedAddresses(target, resolveBy(servers), signal)).toContain('127.0.0.1');
});
