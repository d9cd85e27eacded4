import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProbeRoom, type ProbeRoom } from '../../test/world/probe-room.ts';

let room: ProbeRoom;
beforeEach(() => {
  room = openProbeRoom();
});
afterEach(() => room.close());

const day = 86_400_000;
const issued = (days = 90) =>
  room.authority.issue(['localhost'], new Date(Date.now() + days * day + 60_000));
const smtp = async (options: object = {}, days = 90): Promise<object> => {
  const server = new SMTPServer({ ...issued(days), logger: false, ...options });
  server.on('error', () => {});
  return { kind: 'smtp', host: 'localhost', port: await room.serve(server.server) };
};
const raw = async (kind: 'smtp' | 'imap', talk: (socket: Socket) => void): Promise<object> => ({
  kind,
  host: 'localhost',
  port: await room.serve(createServer(talk)),
});

// As much of IMAP as a probe asks for, with STARTTLS.
const speakImap = (socket: Socket, canUpgrade: boolean): void => {
  const answer = (line: string): void => {
    const [tag, verb] = line.split(' ');
    if (verb === 'CAPABILITY')
      socket.write(`* CAPABILITY IMAP4rev1${canUpgrade ? ' STARTTLS' : ''}\r\n${tag} OK done\r\n`);
    if (verb === 'LOGOUT') socket.end(`* BYE\r\n${tag} OK done\r\n`);
    if (verb !== 'STARTTLS') return;
    socket.removeAllListeners('data');
    socket.write(`${tag} OK begin\r\n`);
    const over = new TLSSocket(socket, { isServer: true, ...issued() });
    over.on('error', () => {});
    speakImap(over, false);
  };
  socket.on('data', (chunk) => {
    for (const line of chunk.toString().split('\r\n')) answer(line);
  });
};
const imap = (canUpgrade: boolean) =>
  raw('imap', (socket) => {
    socket.write('* OK ready\r\n');
    speakImap(socket, canUpgrade);
  });

test('a mail server that greets, takes EHLO and upgrades to TLS is ok', async () => {
  const found = await room.find(await smtp());

  expect(found).toMatchObject({ outcome: 'ok', reason: null });
  expect(found.details).toMatchObject({ certificate_days_left: 90 });
});

test('one with TLS from the first byte, and one without any, are ok as they were asked for', async () => {
  expect(await room.find({ ...(await smtp({ secure: true })), security: 'tls' })).toMatchObject({
    outcome: 'ok',
  });
  const plain = { ...(await smtp({ hideSTARTTLS: true })), security: 'none' };
  expect(await room.find(plain)).toMatchObject({ outcome: 'ok', details: {} });
});

test('no STARTTLS, a certificate about to end or of another name, and a refusal are told apart', async () => {
  const without = await room.find(await smtp({ hideSTARTTLS: true }));
  expect(without.reason).toBe('the server does not offer STARTTLS');
  const certificate = { warn_days: 21, fail_days: 3 };
  expect((await room.find({ ...(await smtp({}, 10)), certificate })).outcome).toBe('soft');
  expect((await room.find({ ...(await smtp({}, 2)), certificate })).outcome).toBe('failed');
  const foreign = await room.find({ ...(await smtp()), host: '127.0.0.1' });
  expect(foreign).toMatchObject({ outcome: 'failed', details: { failure: 'tls' } });
  const busy = await raw('smtp', (socket) => socket.write('421 too busy\r\n'));
  expect((await room.find(busy)).reason).toBe('the greeting is not 220: it answered 421');
});

test('an IMAP server is ok before and after STARTTLS, and fails when it has none or says BYE', async () => {
  expect(await room.find(await imap(true))).toMatchObject({ outcome: 'ok' });
  expect((await room.find(await imap(false))).reason).toContain('STARTTLS');
  expect(await room.find({ ...(await imap(false)), security: 'none' })).toMatchObject({
    outcome: 'ok',
  });
  const bye = await raw('imap', (socket) => socket.write('* BYE go away\r\n'));
  expect((await room.find(bye)).reason).toBe('the server said BYE');
});

test('words that come between STARTTLS and TLS fail the check: they may be injected', async () => {
  const injected = await raw('smtp', (socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', (chunk) => {
      const said = chunk.toString();
      if (said.startsWith('EHLO')) socket.write('250-mail\r\n250 STARTTLS\r\n');
      if (said.startsWith('STARTTLS')) socket.write('220 go\r\n250 OK injected\r\n');
    });
  });

  expect((await room.find(injected)).reason).toContain('may be injected');
});

const endless = (socket: Socket): void => {
  const write = (): void => {
    while (socket.writable && socket.write('220-more and more\r\n'.repeat(2_000)));
    if (socket.writable) socket.once('drain', write);
  };
  write();
};
const wrong: Readonly<Record<string, [string, (socket: Socket) => void]>> = {
  'stalls before the greeting': ['timeout', () => {}],
  'stalls in the middle of the greeting': ['timeout', (socket) => socket.write('220 mai')],
  'greets without end': ['too-large', endless],
  'sends a line without end': ['too-large', (socket) => socket.write('x'.repeat(100_000))],
  'hangs up at once': ['reset', (socket) => socket.end()],
  'resets the connection': ['reset', (socket) => socket.resetAndDestroy()],
};
test.each(Object.entries(wrong))('a mail server that %s fails within its time', async (_, form) => {
  const [failure, talk] = form;
  const began = performance.now();

  const found = await room.find(await raw('smtp', talk));

  expect(found).toMatchObject({ outcome: 'failed', details: { failure } });
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a port is open or not, and speaks TLS or not', async () => {
  const open = await room.serve(createServer(() => {}));
  const secure = await room.serve(createTlsServer(issued(5)));
  const tcp = (port: number, more: object = {}) =>
    room.find({ kind: 'tcp', host: 'localhost', port, ...more });

  expect(await tcp(open)).toMatchObject({ outcome: 'ok' });
  expect(await tcp(secure, { tls: true, certificate: {} })).toMatchObject({ outcome: 'soft' });
  expect(await tcp(open, { tls: true })).toMatchObject({
    outcome: 'failed',
    network: true,
    details: { failure: 'timeout' },
  });
  const closing = createServer();
  const closed = await room.serve(closing);
  closing.close();
  expect(await tcp(closed)).toMatchObject({ outcome: 'failed', network: false });
  expect((await room.find({ kind: 'tcp', host: '10.0.0.1', port: 22 })).details).toEqual({
    failure: 'outbound-refused',
  });
});

const answering = async (answer: string) => {
  const port = await room.serve(
    createServer((socket) => {
      socket.once('data', (asked) => {
        if (asked.toString('hex') === '0000000804d2162f') socket.write(answer);
      });
    }),
  );
  return room.find({ kind: 'postgres', host: 'localhost', port });
};

test('a server speaks Postgres by one byte, with TLS or without; anything else fails', async () => {
  expect(await answering('S')).toMatchObject({ outcome: 'ok', details: { offers_tls: true } });
  expect(await answering('N')).toMatchObject({ outcome: 'ok', details: { offers_tls: false } });
  expect(await answering('HTTP/1.1 400')).toMatchObject({ outcome: 'failed' });
  expect(await answering('')).toMatchObject({ details: { failure: 'timeout' } });
});
