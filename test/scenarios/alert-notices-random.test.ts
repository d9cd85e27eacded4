import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { depth } from '../world/depth.ts';
import { openNoticeBook } from '../world/notices.ts';
import { openWorld, type World } from '../world/world.ts';
import {
  acknowledge,
  clear,
  end,
  fire,
  rule,
  silence,
  start,
  tick,
  where,
} from './alert-notices-room.ts';
import { chance } from './chance.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => clear(world));

/** What the test knows of a series by itself. */
type Life = {
  isOpen: boolean;
  silencedUntil: number;
  heldUntil: number;
  acknowledgedUntil: number;
  /** Kind of the last notice. */
  last: string | null;
  mayTellAgain: boolean;
  /** Its acknowledgement lapsed, and nobody was told since. */
  mustTellAgain: boolean;
  /** Since when its people know something wrong that they may be told. */
  wrongSince: number | null;
};

const wait = 2;
const interval = 4;
const longestGap = 3;
const patience = wait + interval + 2 * longestGap;
const names = ['a', 'b', 'c'];

const newLife = (): Life => ({
  isOpen: false,
  silencedUntil: 0,
  heldUntil: 0,
  acknowledgedUntil: 0,
  last: null,
  mayTellAgain: false,
  mustTellAgain: false,
  wrongSince: null,
});

const change = async (
  name: string,
  life: Life,
  at: number,
  random: () => number,
): Promise<void> => {
  const what = random();
  const until = at + 1 + Math.floor(random() * 15);
  if (what < 0.35 && !life.isOpen) {
    const isCool = random() < 0.3;
    await fire(world, name, at, isCool ? { coolDownUntil: until } : {});
    Object.assign(life, { isOpen: true, heldUntil: isCool ? until : 0, acknowledgedUntil: 0 });
  } else if (what < 0.6 && life.isOpen) {
    await end(world, name, at);
    life.isOpen = false;
  } else if (what < 0.75 && life.isOpen && life.heldUntil <= at) {
    await acknowledge(world, name, at, until);
    life.acknowledgedUntil = until;
  } else if (what > 0.85 && life.silencedUntil <= at) {
    await silence(world, at, until, where('name', name));
    life.silencedUntil = until;
  }
};

const isKnown = ({ last }: Life): boolean => last !== null && last !== 'resolved';
const isSilenced = (life: Life, at: number): boolean => life.silencedUntil > at;
const mayBeTold = (life: Life, at: number): boolean =>
  life.isOpen && !isSilenced(life, at) && life.heldUntil <= at && life.acknowledgedUntil <= at;

const lapse = (life: Life, at: number): void => {
  if (!life.isOpen || life.acknowledgedUntil === 0 || life.acknowledgedUntil > at) return;
  const mustTellAgain = isKnown(life);
  Object.assign(life, { acknowledgedUntil: 0, mayTellAgain: true, mustTellAgain });
};

// What one notice says must be true, allowed, and new.
const judge = (life: Life, at: number, kind: string): string | null => {
  if (isSilenced(life, at)) return 'is silenced';
  if (kind === 'resolved') {
    if (life.isOpen) return 'fires';
    return isKnown(life) ? null : 'was not told to fire';
  }
  if (!mayBeTold(life, at)) return 'must not be told to fire';
  if (kind === 'firing' && isKnown(life) && !life.mayTellAgain) return 'was told already';
  return kind === 'repeat' && !isKnown(life) ? 'was never told' : null;
};

const isWrong = (life: Life, at: number): boolean => {
  if (isSilenced(life, at)) return false;
  if (!life.isOpen) return isKnown(life);
  return mayBeTold(life, at) && (!isKnown(life) || life.mustTellAgain);
};

test.each(Array.from({ length: depth(6, 12) }, (_, n) => n + 1))(
  'history %i: nothing is told twice, nothing is lost, and nothing that is muted is told',
  async (seed) => {
    const random = chance(seed);
    await rule(world, { groupBy: ['name'], wait, interval });
    const book = await openNoticeBook(world.admin);
    const lives = new Map(names.map((name) => [name, newLife()]));
    const faults: string[] = [];
    const kinds = new Set<string>();
    for (let at = 1; at < 160; at += 1 + Math.floor(random() * longestGap)) {
      for (const [name, life] of lives)
        if (at < 120 && random() < 0.4) await change(name, life, at, random);
      for (const life of lives.values()) lapse(life, at);
      // Twice, and beside itself.
      await Promise.all(Array.from({ length: random() < 0.3 ? 2 : 1 }, () => tick(world, at)));
      for (const { kind, alerts, at: moment } of await book.news()) {
        expect(alerts).toHaveLength(1);
        kinds.add(kind);
        const name = alerts[0]?.split(' ')[0] ?? '';
        const life = lives.get(name) ?? newLife();
        expect(moment.getTime() - start.getTime()).toBe(at * 1000);
        const fault = judge(life, at, kind);
        if (fault !== null) faults.push(`${at} ${kind} ${name}: ${fault}`);
        Object.assign(life, { last: kind, mayTellAgain: false });
        if (kind !== 'repeat') life.mustTellAgain = false;
      }
      for (const [name, life] of lives) {
        if (isSilenced(life, at)) life.mayTellAgain = true;
        if (!isWrong(life, at)) life.wrongSince = null;
        else life.wrongSince ??= at;
        if (at - (life.wrongSince ?? at) > patience) faults.push(`${at} ${name}: was lost`);
      }
    }
    expect(faults).toEqual([]);
    expect([...kinds]).toEqual(expect.arrayContaining(['firing', 'resolved']));
  },
);
