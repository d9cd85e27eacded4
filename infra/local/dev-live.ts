import { Cron } from 'croner';
import { openDb } from '@rookery/db/pool';
import { describe } from '@rookery/kernel/failure';
import { database } from '@rookery/lambda/database';
import { applyDemoChanges } from '@rookery/source/demo-changes.sql';
import { runsAfter } from '../../packages/cli/progress.sql.ts';
import type { Screen } from '../../packages/cli/screen.ts';
import type { Runtime } from './runtime.ts';

const changesAtOnce = 25;
const feedMs = 5_000;
// A minute before the schedule `changes`, which fires every five minutes here.
const beforeChanges = '4-59/5 * * * *';

/** Lets time pass in the demo: a few e-mails change a minute before each look for changes. */
export const keepDemoAlive = (
  runtime: Runtime,
  screen: Screen,
): { readonly stop: () => Promise<void> } => {
  const admin = openDb({
    url: runtime.urls.database,
    proxyPort: runtime.proxy?.port,
    max: 1,
    applicationName: 'rookery-dev',
  });
  const cron = new Cron(beforeChanges, { unref: true, protect: true }, async () => {
    try {
      const now = new Date();
      const seed = Math.floor(now.getTime() / 60_000);
      const done = await applyDemoChanges(admin, { seed, now, count: changesAtOnce });
      const told = done.filter(({ changed }) => changed > 0);
      screen.say(
        `${clock(now)} demo: e-mails ${told.map(({ kind, changed }) => `${changed} ${kind.replace('_', ' ')}`).join(', ')}`,
      );
    } catch (error) {
      screen.warn(`the demo could not go on: ${describe(error)}`);
    }
  });
  return {
    stop: async () => {
      cron.stop();
      await admin.close();
    },
  };
};

/** Tells every run of a job when it finishes, and new dead letters. */
export const tellRuns = (runtime: Runtime, screen: Screen): { readonly stop: () => void } => {
  let after = new Date();
  let dead = 0;
  const tell = async (): Promise<void> => {
    for (const run of await database('ops').query(runsAfter, { after })) {
      const { job, cells, messages, problems, finished_at } = run;
      after = finished_at;
      const wrong = problems > 0 ? `, ${problems} problems` : '';
      screen.say(`${clock(finished_at)} ${job}: ${cells} cells in ${messages} messages${wrong}`);
    }
    const depths = Object.values(await runtime.pending());
    const now = depths.reduce((sum, { dlq }) => sum + dlq, 0);
    if (now > dead) screen.warn(`${now} dead letters: npm run rookery -- dlq show`);
    dead = now;
  };
  const timer = setInterval(() => {
    tell().catch((error: unknown) => {
      screen.warn(`the job runs cannot be read: ${describe(error)}`);
    });
  }, feedMs);
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
};

// Open most of the time: closed from the second to the fourth minute of every ten.
const closes = '2-59/10 * * * *';
const opens = '4-59/10 * * * *';

/** Closes the shop of the demo for two minutes of every ten: its probe and its alert rule tell. */
export const keepShop = (runtime: Runtime, screen: Screen): { readonly stop: () => void } => {
  const turn = (pattern: string, isOpen: boolean): Cron =>
    new Cron(pattern, { unref: true }, () => {
      runtime.shop.open(isOpen);
      screen.say(`${clock(new Date())} demo: the shop ${isOpen ? 'opens again' : 'closes'}`);
    });
  const crons = [turn(closes, false), turn(opens, true)];
  return {
    stop: () => {
      for (const cron of crons) cron.stop();
    },
  };
};

/** Tells every notice that arrives at the sink from now on. */
export const tellNotices = (runtime: Runtime, screen: Screen): { readonly stop: () => void } => {
  let told = runtime.sink.arrivals().at(-1);
  const timer = setInterval(() => {
    const arrivals = runtime.sink.arrivals();
    for (const arrival of arrivals.slice(told === undefined ? 0 : arrivals.indexOf(told) + 1)) {
      screen.say(`${arrival.at.slice(11, 19)} notice by ${arrival.channel}: ${arrival.title}`);
      told = arrival;
    }
  }, 1_000);
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
};

/** A time of day for the screen, UTC as the schedules are. */
export const clock = (at: Date): string => at.toISOString().slice(11, 19);
