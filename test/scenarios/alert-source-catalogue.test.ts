import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  catalogue,
  metricFault,
  metricOf,
  windowFault,
} from '@rookery/monitoring/alerts/catalogue';
import type { Db, Session } from '@rookery/db/pool';
import type { Source } from '@rookery/monitoring/alerts/sample';
import { openWorld, type World } from '../world/world.ts';
import { sourcesOf, want } from './alert-source-room.ts';

let world: World;
let sources: readonly Source[];

beforeAll(async () => {
  world = await openWorld();
  sources = sourcesOf(world);
});
afterAll(() => world.close());

test('every metric has one source, the one that the catalogue names, and every name one metric', () => {
  const answering = catalogue.map(({ name }) =>
    sources.filter(({ answers }) => answers(name)).map((source) => source.name),
  );

  expect(answering).toEqual(catalogue.map(({ source }) => [source]));
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
});

test('a name that is in no catalogue is a reported metric', () => {
  expect(metricOf('pool_size').source).toBe('reported');
  expect(sources.filter(({ answers }) => answers('pool_size')).map(({ name }) => name)).toEqual([
    'reported',
  ]);
});

test('every usual window can be measured, and lies between the least and the most', () => {
  for (const { name, window } of catalogue) {
    expect(windowFault(name, window.usual)).toBeNull();
    expect(windowFault(name, window.least)).toBeNull();
    expect(windowFault(name, window.most)).toBeNull();
    expect(windowFault(name, window.most + 1)).not.toBeNull();
    expect(windowFault(name, window.least - 1)).not.toBeNull();
  }
  expect(windowFault('mailbox.sent', 2_000)).toContain('whole days');
});

test('an unknown name is refused with the nearest that there is', () => {
  expect(metricFault('mailbox.bounce_rate', [])).toBeNull();
  expect(metricFault('pool_size', ['pool_size'])).toBeNull();
  expect(metricFault('mailbox.bouncerate', [])).toContain('did you mean mailbox.bounce_rate?');
  expect(metricFault('pool_sise', ['pool_size'])).toContain('did you mean pool_size?');
  expect(metricFault('something entirely else', [])).toContain('lists all');
});

// Counts the statements that go through a session.
const counted = (db: Session): { readonly session: Session; readonly count: () => number } => {
  let statements = 0;
  const session: Session = {
    ...db,
    query: (statement, params) => {
      statements += 1;
      return db.query(statement, params);
    },
  };
  return { session, count: () => statements };
};

const spent = async (db: Db, wants: number): Promise<readonly (readonly [string, number])[]> => {
  const all: (readonly [string, number])[] = [];
  for (const source of sources) {
    const metrics = catalogue.filter(({ name }) => source.answers(name));
    const names = metrics.length === 0 ? ['pool_size'] : metrics.map(({ name }) => name);
    const asked = names.flatMap((name) =>
      Array.from({ length: wants }, (_, n) =>
        want(name, new Date(Date.UTC(2025, 2, 10, 12, n)).toISOString(), {
          tenantId: `t${n % 7}`,
          windowMinutes: n % 2 === 0 ? 5 : 1_440,
        }),
      ),
    );
    const { session, count } = counted(db);
    await source.read(session, asked);
    all.push([source.name, count()]);
  }
  return all;
};

test('a source needs as many statements for a thousand wants as for two', async () => {
  const few = await spent(world.ops, 2);

  expect(await spent(world.ops, 1_000)).toEqual(few);
  expect(Math.max(...few.map(([, statements]) => statements))).toBeLessThanOrEqual(4);
});

test('no wants are no samples', async () => {
  for (const source of sources) expect(await source.read(world.ops, [])).toEqual([]);
});
