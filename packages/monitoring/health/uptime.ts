import type { Db } from '@rookery/db/pool';
import { countUptimes, firstUncounted } from './uptime.sql.ts';
import { coversOf } from './window.sql.ts';
import { spansOf } from './window.ts';
import { windowsBetween } from './windows.ts';

/** What a count did: services counted, hours written, and services that were written meanwhile. */
export type Counted = { readonly services: number; readonly hours: number; readonly left: number };

// In a row without any service that is counted: all are being written.
const mostIdle = 3;

/**
 * Counts the uptime of every service of every tenant until a slot, as role `rookery_ops`, some of them a turn. Services that
 * are written while it counts are tried again, and in the end left for the next time: their checks are not lost.
 */
export const countUptime = async (ops: Db, slot: Date): Promise<Counted> => {
  const until = slot.toISOString();
  const done = { services: 0, hours: 0, left: 0 };
  for (let idle = 0; idle < mostIdle;) {
    const [start] = await ops.query(firstUncounted, { until });
    const first = start?.first ?? null;
    if (first === null) return { ...done, left: 0 };
    const spans = spansOf(await windowsBetween(ops, first, slot), first, slot);
    const [counted] = await ops.transaction((tx) =>
      tx.query(countUptimes, { until, covers: coversOf(spans) }),
    );
    const services = counted?.services ?? 0;
    done.services += services;
    done.hours += counted?.hours ?? 0;
    done.left = counted?.left ?? 0;
    idle = services === 0 ? idle + 1 : 0;
  }
  return done;
};
