import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProbeRoom, type ProbeRoom } from '../../test/world/probe-room.ts';

let room: ProbeRoom;
beforeEach(() => {
  room = openProbeRoom();
});
afterEach(() => room.close());

const txt = (...texts: readonly string[]) => texts.map((data) => ({ data }));
const name = 'example.com';

test('records are found, compared as a set, and searched', async () => {
  await room.serveDns({
    'A example.com': [{ address: '192.0.2.1' }, { address: '192.0.2.2' }],
    'MX example.com': [{ exchange: 'Mail.example.com', priority: 10 }],
    'TXT example.com': txt('site-verification=1'),
  });
  const find = (type: string, more: object = {}) => room.find({ kind: 'dns', name, type, ...more });

  expect(await find('A')).toMatchObject({ outcome: 'ok', details: { records: 2 } });
  expect(await find('A', { equals: ['192.0.2.2', '192.0.2.1'] })).toMatchObject({ outcome: 'ok' });
  const less = await find('A', { equals: ['192.0.2.1'] });
  expect(less.reason).toBe('the A records are not those expected, but 192.0.2.1, 192.0.2.2');
  expect(await find('MX', { equals: ['10 mail.example.com.'] })).toMatchObject({ outcome: 'ok' });
  expect(await find('TXT', { contains: ['verification'] })).toMatchObject({ outcome: 'ok' });
  expect((await find('TXT', { contains: ['other'] })).outcome).toBe('failed');
});

test('no such name and no such records are answers; SERVFAIL and silence may be our own network', async () => {
  await room.serveDns({ 'A none.com': [], 'A fails.com': 'servfail', 'A late.com': 'silent' });
  const find = (asked: string) => room.find({ kind: 'dns', name: asked, type: 'A' });

  expect(await find('gone.com')).toMatchObject({ outcome: 'failed', network: false });
  expect((await find('gone.com')).reason).toContain('NXDOMAIN');
  expect((await find('none.com')).reason).toContain('no records of this type');
  expect(await find('fails.com')).toMatchObject({ network: true, details: { failure: 'dns' } });
  const began = performance.now();
  expect(await find('late.com')).toMatchObject({ network: true, details: { failure: 'timeout' } });
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('an answer that takes its time is one; an answer that comes too late is none', async () => {
  const told = [{ address: '192.0.2.1' }];
  await room.serveDns({
    'A slow.com': { afterMs: 300, told },
    'A late.com': { afterMs: 3_000, told },
  });
  const find = (asked: string) =>
    room.find({ kind: 'dns', name: asked, type: 'A' }, { timeoutSeconds: 2 });

  expect(await find('slow.com')).toMatchObject({ outcome: 'ok' });
  expect(await find('late.com')).toMatchObject({ network: true, details: { failure: 'timeout' } });
});

const v6 = (nibbles: string): string => `${nibbles.split('').toReversed().join('.')}.ip6.arpa`;

test('what inner networks call their addresses is not asked, what the public ones are called is', async () => {
  const ofPublic = [
    '4.4.8.8.in-addr.arpa',
    v6('26064700000000000000000000001111'),
    '8.8.in-addr.arpa',
  ];
  const { asked } = await room.serveDns(
    Object.fromEntries(ofPublic.map((each) => [`PTR ${each}`, [{ data: 'dns.example.com' }]])),
  );
  const find = async (name: string) =>
    (await room.find({ kind: 'dns', name, type: 'PTR' })).details;

  for (const inner of [
    '1.0.0.10.in-addr.arpa',
    'x.254.169.254.169.in-addr.arpa',
    '10.in-addr.arpa',
    '168.192.IN-ADDR.arpa',
    v6('fd000ec2000000000000000000000254'),
    v6('00000000000000000000ffff0a000001'),
  ])
    expect(await find(inner)).toMatchObject({ failure: 'outbound-refused' });
  expect(asked).toEqual([]);
  for (const each of ofPublic) await find(each);
  expect(asked).toHaveLength(3);
});

test('a resolver that somebody names is asked, and judged like every target', async () => {
  const { port, asked } = await room.serveDns({ 'A example.com': [{ address: '192.0.2.1' }] });
  const find = (resolver: string, resolver_port: number) =>
    room.find({ kind: 'dns', name, type: 'A', resolver, resolver_port });

  expect(await find('127.0.0.1', port)).toMatchObject({ outcome: 'ok' });
  expect(asked).toHaveLength(1);
  for (const inner of ['127.0.0.2', '169.254.169.253', '::1', '10.0.0.2'])
    expect((await find(inner, 53)).details).toEqual({ failure: 'outbound-refused' });
});

const chain = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `TXT s${at}.example.com`,
      txt(at + 1 < count ? `v=spf1 include:s${at + 1}.example.com -all` : 'v=spf1 a -all'),
    ]),
  );

const findChain = async (count: number) => {
  await room.serveDns(chain(count));
  return room.find({ kind: 'spf', domain: 's0.example.com' });
};

test('names of inner networks are not asked for, and nothing of them is told', async () => {
  const inner = ['db.internal', 'ip-10-0-0-1.eu-west-1.compute.internal', 'printer.local', 'host'];
  const { asked } = await room.serveDns({});

  for (const name of inner)
    expect((await room.find({ kind: 'dns', name, type: 'A' })).details).toEqual({
      failure: 'outbound-refused',
    });
  expect(asked).toEqual([]);
});

test('SPF: look-ups of all that is included count together, up to ten and not eleven', async () => {
  expect(await findChain(10)).toMatchObject({ outcome: 'ok', details: { lookups: 10 } });
  expect((await findChain(11)).reason).toContain('more than 10 look-ups');
});

test('SPF: an include in a circle ends', async () => {
  const { asked } = await room.serveDns({
    'TXT example.com': txt('v=spf1 include:example.com ~all'),
  });

  const found = await room.find({ kind: 'spf', domain: name });

  expect(found.outcome).toBe('failed');
  expect(asked).toHaveLength(11);
});

const spf: Readonly<Record<string, [readonly string[], object, string]>> = {
  'one good record': [['other', 'v=spf1 ip4:192.0.2.0/24 a mx/24 -all'], {}, 'ok'],
  'no record': [['other'], {}, 'failed'],
  'two records': [['v=spf1 -all', 'v=spf1 ~all'], {}, 'failed'],
  'a network that is none': [['v=spf1 ip4:192.0.2.0/33 -all'], {}, 'failed'],
  'an unknown mechanism': [['v=spf1 spf:example.com -all'], {}, 'failed'],
  'an include of nothing': [['v=spf1 include:gone.example.com -all'], {}, 'failed'],
  'everybody allowed': [['v=spf1 +all'], {}, 'failed'],
  'no end': [['v=spf1 a'], {}, 'soft'],
  'an end as hard as asked': [['v=spf1 ~all'], { all: 'softfail' }, 'ok'],
  'an end softer than asked': [['v=spf1 ~all'], { all: 'fail' }, 'failed'],
  'the mechanism asked for': [['v=spf1 ip4:192.0.2.1 -all'], { includes: ['ip4:192.0.2.1'] }, 'ok'],
  'without what was asked': [['v=spf1 -all'], { includes: ['include:x.example.com'] }, 'failed'],
  macros: [['v=spf1 exists:%{i}._spf.%{d} -all'], {}, 'ok'],
};
test.each(Object.entries(spf))('SPF: %s', async (_, [texts, more, outcome]) => {
  await room.serveDns({ 'TXT example.com': txt(...texts) });

  expect(await room.find({ kind: 'spf', domain: name, ...more })).toMatchObject({ outcome });
});

const rsa = (modulusLength: number): string =>
  generateKeyPairSync('rsa', { modulusLength })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64');
const dkim: Readonly<Record<string, [readonly string[], string]>> = {
  'a key': [[`v=DKIM1; k=rsa; p=${rsa(1_024)}`], 'ok'],
  'a short key': [[`v=DKIM1; p=${rsa(512)}`], 'failed'],
  'an Ed25519 key': [[`v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString('base64')}`], 'ok'],
  'a key for testing': [[`v=DKIM1; t=y:s; p=${rsa(1_024)}`], 'soft'],
  'a revoked key': [['v=DKIM1; p='], 'failed'],
  'no base64': [['v=DKIM1; p=(not base64)'], 'failed'],
  'base64 of no key': [['v=DKIM1; p=aGVsbG8='], 'failed'],
  'a version that is not first': [[`p=${rsa(1_024)}; v=DKIM1`], 'failed'],
  'no tags': [['hello'], 'failed'],
  'two records': [[`p=${rsa(1_024)}`, 'v=DKIM1; p='], 'failed'],
};
test.each(Object.entries(dkim))('DKIM: %s', async (_, [texts, outcome]) => {
  await room.serveDns({ 'TXT s1._domainkey.example.com': txt(...texts) });

  const found = await room.find({ kind: 'dkim', domain: name, selector: 's1' });

  expect(found).toMatchObject({ outcome, network: false });
});

const dmarc: Readonly<Record<string, [readonly string[], object, string]>> = {
  'a policy': [['v=DMARC1; p=none'], {}, 'ok'],
  'a policy as strong as asked': [['v=DMARC1; p=quarantine;'], { policy: 'quarantine' }, 'ok'],
  'a weaker policy': [['v=DMARC1; p=none'], { policy: 'quarantine' }, 'failed'],
  'a share that is too small': [['v=DMARC1; p=reject; pct=99'], { pct: 100 }, 'failed'],
  reports: [['v=DMARC1; p=reject; rua=mailto:d@example.com!10m'], { reports: true }, 'ok'],
  'no reports': [['v=DMARC1; p=reject'], { reports: true }, 'failed'],
  'no policy': [['v=DMARC1; rua=mailto:d@example.com'], {}, 'failed'],
  'an unknown policy': [['v=DMARC1; p=block'], {}, 'failed'],
  'a tag twice': [['v=DMARC1; p=none; p=reject'], {}, 'failed'],
  'a share that is none': [['v=DMARC1; p=none; pct=101'], {}, 'failed'],
  'a report to nowhere': [['v=DMARC1; p=none; rua=d@example.com'], {}, 'failed'],
  'tags in another order': [['v=DMARC1; sp=none; p=none'], {}, 'soft'],
  'unknown tags': [['v=DMARC1; p=none; x=1'], {}, 'ok'],
  'another version': [['v=DMARC2; p=none'], {}, 'failed'],
  'two records': [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], {}, 'failed'],
};
test.each(Object.entries(dmarc))('DMARC: %s', async (_, [texts, more, outcome]) => {
  await room.serveDns({ 'TXT _dmarc.example.com': txt(...texts) });

  expect(await room.find({ kind: 'dmarc', domain: name, ...more })).toMatchObject({ outcome });
});
