import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDb, type Session } from '@rookery/db/pool';
import { lookForChanges, type Layer } from '@rookery/warehouse/changes/look';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { deep, depth } from '../world/depth.ts';
import { emails } from '../world/builders.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask, askOne } from './ask.ts';
import { chance } from './chance.ts';

const seeds = depth([1], [1, 2]);
const seconds = depth(5, 20);
const writers = 14;
const tenants = Array.from({ length: 20 }, (_, n) => `w${String(n).padStart(2, '0')}`);
const daysOfEach = 50;

let world: World;
beforeEach(async () => {
  world = await openWorld();
  // One e-mail a cell: a cell is found if and only if the change of its e-mail is.
  await emails(
    world.admin,
    tenants.flatMap((tenant_id) =>
      Array.from({ length: daysOfEach }, (_, n) => ({
        tenant_id,
        email_id: `${tenant_id}-${n}`,
        status: '0',
        sent_at: new Date(Date.UTC(2025, 9, 1 + n, 12)).toISOString(),
      })),
    ),
  );
});
afterEach(() => world.close());

type Version = { email_id: string; day: string; tenant_id: string; status: string };
const versions = (where = 'true') =>
  ask<Version>(
    world.admin,
    `select email_id, tenant_id, (sent_at at time zone 'UTC')::date as day, status from source.emails where ${where}`,
  );

// A writer as hostile as those of guide/reliability.md §2.2: one transaction after another, some old, some undone.
const write = async (
  until: number,
  random: () => number,
  pool: ReturnType<typeof openDb>,
): Promise<number> => {
  let changed = 0;
  const touch = (tx: Session) => {
    changed += 1;
    const id = `${tenants[Math.floor(random() * tenants.length)]}-${Math.floor(random() * daysOfEach)}`;
    return tx.script(
      `update source.emails set status = (status::integer + 1)::text, updated_at = now() where email_id = '${id}'`,
    );
  };
  const undone = new Error('rolled back on purpose');
  while (Date.now() < until) {
    const long = random() < 0.08;
    await pool
      .transaction(async (tx) => {
        // Reads before it writes: now() is old by the time the row is stamped with it.
        if (random() < 0.3) {
          await tx.script('select 1');
          await sleep(random() * 300);
        }
        if (long) await sleep(1_000 + random() * 2_000);
        if (random() < 0.3) {
          await tx.script('savepoint s');
          await touch(tx);
          if (random() < 0.5) await tx.script('rollback to savepoint s');
        }
        await touch(tx);
        await sleep(random() * (long ? 400 : 40));
        if (random() < 0.1) throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
  }
  return changed;
};

/** Polls with the product's look; what the cells it finds hold at that moment counts as delivered. */
const poller = (layer: Layer) => {
  const delivered = new Map<string, string>();
  let slot = 0;
  const take = async (messages: readonly CellsMessage[]): Promise<void> => {
    const found = new Set(messages.flatMap((m) => m.days.map((day) => `${m.tenant_id} ${day}`)));
    for (const row of await versions())
      if (found.has(`${row.tenant_id} ${row.day}`)) delivered.set(row.email_id, row.status);
  };
  const poll = async (): Promise<void> => {
    slot += 1;
    await lookForChanges({ source: world.source, warehouse: world.ops, send: take }, layer, {
      job: layer,
      scheduledTime: new Date(Date.UTC(2026, 0, 1) + slot),
    });
  };
  return { delivered, poll };
};

/** The design everyone writes first: whatever is newer than the newest seen. */
const naivePoller = () => {
  const delivered = new Map<string, string>();
  let newest = '-infinity';
  const poll = async (): Promise<void> => {
    const rows = await ask<Version & { updated_at: string }>(
      world.admin,
      `select email_id, status, updated_at from source.emails where updated_at > '${newest}' order by updated_at`,
    );
    for (const row of rows) delivered.set(row.email_id, row.status);
    newest = rows.at(-1)?.updated_at ?? newest;
  };
  return { delivered, poll };
};

test.each(seeds)(
  `late and beside itself: ${writers} hostile writers for ${seconds} s against polling, seed %i: ` +
    'the fast layer and the exact sweep lose nothing, a naive watermark loses rows',
  async (seed) => {
    const pool = openDb({
      url: world.url('postgres'),
      proxyPort: world.proxyPort,
      max: writers + 1,
    });
    const pollers = { changed: poller('changed'), swept: poller('swept'), naive: naivePoller() };
    for (const { poll } of Object.values(pollers)) await poll();
    // The first look of any layer finds everything, for all layers.
    for (const { email_id, status } of await versions())
      pollers.swept.delivered.set(email_id, status);
    const until = Date.now() + seconds * 1_000;
    const polling = Object.values(pollers).map(async ({ poll }) => {
      while (Date.now() < until + 4_000) {
        await poll();
        await sleep(deep ? 60 : 120);
        if (done) break;
      }
    });
    let done = false;

    // The first has been open for longer than any overlap of seconds when it writes with the time it began at.
    const sleeper = pool.transaction(async (tx) => {
      await tx.script('select 1');
      await sleep(seconds * 900);
      await tx.script(
        `update source.emails set status = '77', updated_at = now() where email_id = 'w00-0'`,
      );
      await sleep(300);
    });
    const changed = await Promise.all(
      Array.from({ length: writers }, (_, n) => write(until, chance(seed * 100 + n), pool)),
    );
    await sleeper;
    done = true;
    await Promise.all(polling);
    for (const { poll } of Object.values(pollers)) await poll();
    await pool.close();

    const final = await versions();
    const lost = (delivered: ReadonlyMap<string, string>) =>
      final.filter((row) => delivered.get(row.email_id) !== row.status).length;
    expect(changed.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(writers * 5);
    expect({
      changed: lost(pollers.changed.delivered),
      swept: lost(pollers.swept.delivered),
    }).toEqual({ changed: 0, swept: 0 });
    expect(lost(pollers.naive.delivered)).toBeGreaterThan(0);
    // A layer that took everything for changed would lose nothing either.
    expect(await askOne(world.admin, 'select epoch from olap.source')).toEqual({ epoch: 1 });
  },
  depth(60_000, 120_000),
);

test('beside itself: looks that fire at once do not take one another for a restored source', async () => {
  const pollers = [poller('changed'), poller('swept'), poller('nightly')];
  const busy = Array.from({ length: 400 }, () =>
    world.admin.script(`update source.emails set status = status where email_id = 'w00-0'`),
  );

  for (let round = 0; round < 15; round += 1) await Promise.all(pollers.map(({ poll }) => poll()));
  await Promise.all(busy);

  expect(await askOne(world.admin, 'select epoch from olap.source')).toEqual({ epoch: 1 });
});

test('without the privilege to see every transaction the horizon is 15 minutes back, never now', async () => {
  const horizon = () =>
    askOne<{ seconds: number }>(
      world.admin,
      `select extract(epoch from clock_timestamp() - changed_since)::integer as seconds from olap.source`,
    );
  await poller('changed').poll();
  const privileged = await horizon();

  await world.admin.script(
    'revoke pg_read_all_stats from rookery_source; truncate olap.source, olap.job_run',
  );
  try {
    await poller('changed').poll();
  } finally {
    await world.admin.script('grant pg_read_all_stats to rookery_source');
  }

  expect(privileged.seconds).toBeLessThan(900);
  expect((await horizon()).seconds).toBeGreaterThanOrEqual(900);
});
