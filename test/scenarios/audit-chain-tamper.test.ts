import { afterAll, beforeAll, expect, test } from 'vitest';
import { zeroHash } from '@rookery/warehouse/audit/chain';
import type { ChainCheckpoint } from '@rookery/warehouse/audit/verify';
import { depth } from '../world/depth.ts';
import { openWorld, type World } from '../world/world.ts';
import { chainOf, entriesOf } from './audit-chain-room.ts';
import { found, hidden, tamperings, type Chain, type Tampering } from './audit-chain-tampering.ts';

// The chain is a real one, out of the database; audit-chain-database.test.ts tampers with the database itself.
const length = 1_000;
let world: World;
let chain: Chain;
let checkpoint: ChainCheckpoint;
beforeAll(async () => {
  world = await openWorld();
  for (let at = 1; at <= length; at += 100) await world.ops.script(entriesOf('t', at, at + 99));
  const entries = await chainOf(world.ops, 't');
  chain = { entries, head: { seq: length, hash: entries.at(-1)!.hash } };
  checkpoint = { tenantId: 't', ...chain.head, at: '2026-11-21T00:00:00Z' };
});
afterAll(() => world.close());

const none = { count: 0, faults: [] };

// A stretch of the chain, from behind an entry up to another.
const stretch = (from: number, to: number) => {
  const entries = chain.entries.slice(from, to);
  const { seq, hash } = entries.at(-1)!;
  const since = { seq: from, hash: chain.entries[from - 1]?.hash ?? zeroHash };
  return { since, part: { entries, head: { seq, hash } } };
};

const located = (
  name: string,
  { apply, found: expected }: Tampering,
  at: number,
  { noted = [], from = 0, to = length }: { noted?: ChainCheckpoint[]; from?: number; to?: number },
) => {
  const { since, part } = stretch(from, to);
  const want = expected(at - from, to - from).map((fault) => ({
    ...fault,
    seq: fault.seq + from,
    ...(fault.to === undefined ? {} : { to: fault.to + from }),
  }));
  return {
    got: { name, at, ...found(apply(part, at - from), noted, since) },
    want: { name, at, count: want.length, faults: want },
  };
};

test('the chain is whole before anybody touches it', () => {
  expect(chain.entries).toHaveLength(length);
  expect(found(chain)).toEqual(none);
  expect(found(chain, [checkpoint])).toEqual(none);
});

const kinds = Object.entries(tamperings);

// The deep run takes every entry in every way; no share divides the number of ways or the length of a stretch.
const share = depth(3, 1);
const wholeShare = depth(12, 4);

test(`one in ${share} of ${length} entries is tampered with in each of ${kinds.length} ways: located within its stretch of 10`, () => {
  for (const [name, tampering] of kinds)
    for (let at = 0; at < length; at += share) {
      const from = at - (at % 10);
      const { got, want } = located(name, tampering, at, { from, to: from + 10 });
      expect(got).toMatchObject(want);
    }
});

test(`one in ${wholeShare} entries in one of the ways in turn, and both ends in all: located within the whole`, () => {
  for (let at = 0; at < length; at += wholeShare) {
    const [name, tampering] = kinds[at % kinds.length]!;
    const { got, want } = located(name, tampering, at, {});
    expect(got).toMatchObject(want);
  }
  for (const [name, tampering] of kinds)
    for (const at of [0, length - 1]) {
      const { got, want } = located(name, tampering, at, {});
      expect(got).toMatchObject(want);
    }
});

test.each(Object.entries(hidden))(
  '%s: a checkpoint tells, the chain alone would not',
  (name, tampering) => {
    for (const at of [0, 1, 499, 998, 999]) {
      expect(found(tampering.apply(chain, at))).toEqual(none);
      const { got, want } = located(name, tampering, at, { noted: [checkpoint] });
      expect(got).toMatchObject(want);
    }
  },
);
