import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultOfAddress } from './address.ts';

// IANA's special-purpose registries and what the house denies beside them, written down apart from any library.
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
];
// Of 2000::/3, all the rest is refused anyway.
const special6 = ['2001::/23', '2001:db8::/32', '2620:4f:8000::/48', '3fff::/20'];
// Prefix of addresses that carry one of IPv4, and how many bits stand before it.
const carriers6 = ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '2002::/16'];

const number4 = (text: string): bigint =>
  text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
const number6 = (text: string): bigint => {
  const [head = '', tail = ''] = text.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...zeros, ...back].reduce(
    (sum, part) => sum * 65_536n + BigInt(`0x${part}`),
    0n,
  );
};

type Block = { readonly base: bigint; readonly bits: number };
const block =
  (width: number, number: (text: string) => bigint) =>
  (cidr: string): Block => {
    const [base = '', length = ''] = cidr.split('/');
    return { base: number(base), bits: width - Number(length) };
  };
const blocks4 = special4.map(block(32, number4));
const blocks6 = special6.map(block(128, number6));
const carriers = carriers6.map(block(128, number6));
const global6 = block(128, number6)('2000::/3');
const lies = (value: bigint, { base, bits }: Block): boolean =>
  value >> BigInt(bits) === base >> BigInt(bits);

const isPublic4 = (value: bigint): boolean => !blocks4.some((known) => lies(value, known));
const isPublic6 = (value: bigint): boolean => {
  const carrier = carriers.find((known) => lies(value, known));
  if (carrier !== undefined)
    return isPublic4((value >> BigInt(carrier.bits === 112 ? 80 : 0)) & 0xffff_ffffn);
  if (!lies(value, global6) || blocks6.some((known) => lies(value, known))) return false;
  const isIsatap = ((value >> 32n) & 0xfcff_ffffn) === 0x5efen;
  return !isIsatap || isPublic4(value & 0xffff_ffffn);
};

const text4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
const groups = (value: bigint): string[] =>
  [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) =>
    ((value >> shift) & 0xffffn).toString(16),
  );
const text6 = (value: bigint): string => groups(value).join(':');
// The same address as somebody else writes it.
const spellings: readonly ((value: bigint) => string)[] = [
  text6,
  (value) => text6(value).toUpperCase(),
  (value) =>
    groups(value)
      .map((group) => group.padStart(4, '0'))
      .join(':'),
  (value) => `${groups(value).slice(0, 6).join(':')}:${text4(value & 0xffff_ffffn)}`,
  (value) => text6(value).replace(/(^|:)0(:0)+(:|$)/, '::'),
];

// First, last, and one beyond on either side of a block, or anywhere in it.
const near = ({ base, bits }: Block, width: number): fc.Arbitrary<bigint> => {
  const size = 1n << BigInt(bits);
  const all = 1n << BigInt(width);
  return fc
    .oneof(fc.constantFrom(-1n, 0n, size - 1n, size), fc.bigInt({ min: 0n, max: size - 1n }))
    .map((offset) => (base + offset + all) % all);
};
const any4 = fc.oneof(
  fc.bigInt({ min: 0n, max: 0xffff_ffffn }),
  ...blocks4.map((known) => near(known, 32)),
);
const isatap = fc
  .tuple(
    fc.constantFrom(0x2606_4700_0000_0000n, 0xfe80_0000_0000_0000n),
    any4,
    fc.constantFrom(0n, 2n, 3n),
  )
  .map(([net, inner, flag]) => (net << 64n) | (flag << 56n) | (0x5efen << 32n) | inner);
const any6 = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  fc.bigInt({ min: 0n, max: (1n << 125n) - 1n }).map((rest) => (1n << 125n) + rest),
  ...[...blocks6, ...carriers, global6].map((known) => near(known, 128)),
  ...carriers.map(({ base, bits }) =>
    any4.map((inner) => base | (bits === 112 ? inner << 80n : inner)),
  ),
  isatap,
);

test('5,000 random IPv4 addresses at the edges of blocks are judged as the registries say', () => {
  const seen = { open: 0, shut: 0 };
  fc.assert(
    fc.property(any4, (value) => {
      const expected = isPublic4(value);
      seen[expected ? 'open' : 'shut'] += 1;
      expect([text4(value), faultOfAddress(text4(value)) === null]).toEqual([
        text4(value),
        expected,
      ]);
    }),
    { numRuns: 5_000 },
  );
  expect(Math.min(seen.open, seen.shut)).toBeGreaterThan(500);
});

test('5,000 random IPv6 addresses, however they are spelled, are judged as the registries say', () => {
  const seen = { open: 0, shut: 0 };
  fc.assert(
    fc.property(any6, fc.constantFrom(...spellings), (value, spelled) => {
      const text = spelled(value);
      const expected = isPublic6(value);
      seen[expected ? 'open' : 'shut'] += 1;
      expect([text, faultOfAddress(text) === null]).toEqual([text, expected]);
    }),
    { numRuns: 5_000 },
  );
  expect(Math.min(seen.open, seen.shut)).toBeGreaterThan(500);
});

test.each([
  '',
  'localhost',
  '1.2.3',
  '0x8.8.8.8',
  '010.8.8.8',
  '8.8.8.8.',
  '8.8.8.8/32',
  '134744072',
])('%j is no address, so it is refused', (text) => {
  expect(faultOfAddress(text)).not.toBeNull();
});

test.each(['2606:4700::1111%eth0', 'fe80::1%1'])('%s names a zone, so it is refused', (text) => {
  expect(faultOfAddress(text)).not.toBeNull();
});

test.each(['169.254.169.254', 'fd00:ec2::254', '168.63.129.16', '100.100.100.200', '192.0.0.192'])(
  'the metadata server %s is refused',
  (text) => {
    expect(faultOfAddress(text)).not.toBeNull();
  },
);

test.each([
  '8.8.8.8',
  '93.184.215.14',
  '2606:4700:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
])('%s is public', (text) => {
  expect(faultOfAddress(text)).toBeNull();
});
