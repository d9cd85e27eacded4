import { array, assert, asyncProperty, constantFrom, integer, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { countUptime } from '@rookery/monitoring/health/uptime';
import type { World } from '../world/world.ts';
import {
  addServices,
  addWindow,
  at,
  clearServices,
  hour,
  minute,
  useServiceWorld,
} from './service-room.ts';
import { modelOf, type Rest } from './service-uptime-model.ts';
import { history, hoursOf, logChecks, uptimesOf } from './service-uptime-room.ts';

let world: World;
useServiceWorld((opened) => {
  world = opened;
});

const rounded = (share: number | null): string | null => share?.toFixed(6) ?? null;

// A step of one service alone: the other is counted at once in the end.
const countStep = async (slot: Date): Promise<void> => {
  await world.admin.script(
    `update monitoring.tb_service_health set probe = null where id = 'once'`,
  );
  await countUptime(world.ops, slot);
  await world.admin.script(
    `update monitoring.tb_service_health set probe = '{"kind": "tcp"}' where id = 'once'`,
  );
};

test('random histories: hours and uptimes are those of a second-by-second model, counted at once or step by step', async () => {
  await assert(
    asyncProperty(
      integer(),
      constantFrom(60, 300, 900),
      array(tuple(integer({ min: -47, max: 0 }), integer({ min: 1, max: 400 })), {
        maxLength: 3,
      }),
      async (seed, interval, rests) => {
        await clearServices(world);
        const days = 2 + (Math.abs(seed) % 8);
        const checks = history(seed, days, interval * 1000);
        await addServices(
          world,
          { id: 'once', check_interval: interval },
          { id: 'steps', check_interval: interval, uptime_until: at(-days * 24 * hour) },
        );
        await logChecks(world, 'once', checks);
        await logChecks(world, 'steps', checks);
        const windows: Rest[] = rests.map(([from, minutes]) => ({
          from: at(from * hour).getTime(),
          to: at(from * hour + minutes * minute).getTime(),
        }));
        for (const [n, rest] of windows.entries())
          await addWindow(world, {
            id: `w${n}`,
            duration_minutes: (rest.to - rest.from) / minute,
            starts_at: new Date(rest.from),
            ends_at: at(48 * hour),
          });

        for (let n = -days * 4; n < 0; n += 1) await countStep(at(n * 6 * hour + 7 * minute));
        await countUptime(world.ops, at(37 * minute));

        const model = modelOf(checks, {
          rests: windows,
          interval,
          until: at(37 * minute).getTime(),
        });
        for (const id of ['once', 'steps']) {
          expect(await hoursOf(world, id)).toEqual(model.hours);
          const uptimes = await uptimesOf(world, id);
          expect([uptimes.day, uptimes.week, uptimes.month].map(rounded)).toEqual(
            model.uptimes.map(rounded),
          );
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
