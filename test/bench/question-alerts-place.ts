import { evaluate, type Evaluated } from '@rookery/monitoring/alerts/evaluate';
import type { Source } from '@rookery/monitoring/alerts/sample';
import { compete, type Contestant, type Measured } from './measure.ts';
import {
  cleanScripts,
  forgetScript,
  historyScripts,
  rulesScript,
  tidyScripts,
} from './question-alerts.sql.ts';
import type { Stage } from './stage.ts';

/** What is evaluated: so many rules, each with so many series. */
export type Load = { readonly rules: number; readonly series: number };

/** The first slot; history lies before it. */
export const start = Date.parse('2026-03-02T00:00:00Z');

/** The value of a series, by its number among those of all rules. */
export type Values = (series: number) => number;

/** Series whose values are at hand: how they are read is measured where they are read. */
export const atHand = (series: number, values: Values): Source => {
  const numbers = Array.from({ length: series }, (_, n) => n);
  return {
    name: 'at hand',
    answers: () => true,
    read: async (_warehouse, wants) =>
      wants.flatMap(({ slot }, want) =>
        numbers.map((n) => ({
          want,
          labels: { mailbox_id: `mailbox-${n}` },
          at: slot,
          value: values(want * series + n),
          samples: 100,
        })),
      ),
  };
};

/** A place where rules are evaluated, minute by minute. */
export type AlertPlace = {
  readonly stage: Stage;
  /** The moment of the last evaluation. */
  readonly now: () => Date;
  /** Moves on by so many minutes, and returns the moment. */
  readonly pass: (minutes: number) => Date;
  /** Evaluates a minute later. */
  readonly turn: (source: Source) => Promise<Evaluated>;
  /** Sets rules up instead of all there are. */
  readonly begin: (
    rules: number,
    given?: { metric?: string; tells?: boolean; past?: number },
  ) => Promise<void>;
  /** Takes away what began here, so that everything begins anew. */
  readonly forget: () => Promise<void>;
  readonly tidy: () => Promise<void>;
  readonly clean: () => Promise<void>;
};

/** Opens it on the warehouse of a stage. */
export const openAlertPlace = (stage: Stage): AlertPlace => {
  const { warehouseAdmin: admin, ops } = stage.place;
  let minute = 0;
  const now = (): Date => new Date(start + minute * 60_000);
  const pass = (minutes: number): Date => {
    minute += minutes;
    return now();
  };
  const inTurn = async (scripts: readonly string[]): Promise<void> => {
    for (const script of scripts) await admin.script(script);
  };
  const clean = (): Promise<void> => inTurn(cleanScripts);
  return {
    stage,
    now,
    pass,
    turn: (source) => evaluate(ops, { at: pass(1), sources: [source] }),
    begin: async (rules, { metric, tells = false, past = 5_000 } = {}) => {
      await clean();
      await admin.script(
        rulesScript({ rules, tells, ...(metric === undefined ? {} : { metric }) }),
      );
      // A table of alerts that is empty and vacuumed is of no working day, and planned for as one.
      await inTurn(historyScripts(past, rules));
    },
    forget: () => inTurn([forgetScript(new Date(start)), ...tidyScripts]),
    tidy: () => inTurn(tidyScripts),
    clean,
  };
};

/** What a contestant cost, with the CPU of this process beside that of the server, in ms. */
export type Weighed<T> = Measured<T> & { readonly node: number };

/** Like `compete`, and weighs this process as well. */
export const weigh = async <N extends string, T>(
  { ground, repeats }: Stage,
  contestants: Readonly<Record<N, Contestant<T>>>,
): Promise<Readonly<Record<string, Weighed<T>>>> => {
  const least = new Map<string, number>();
  const names: N[] = [];
  for (const name in contestants) names.push(name);
  const weighed = names.map((name): [string, Contestant<T>] => {
    const { run, prepare } = contestants[name];
    const own = async (): Promise<T> => {
      const before = process.cpuUsage();
      const result = await run();
      const { user, system } = process.cpuUsage(before);
      least.set(name, Math.min(least.get(name) ?? Infinity, (user + system) / 1_000));
      return result;
    };
    return [name, { run: own, ...(prepare === undefined ? {} : { prepare }) }];
  });
  const costs = await compete(ground.maintenance, repeats, Object.fromEntries(weighed));
  return Object.fromEntries(
    Object.entries(costs).map(([name, cost]) => [name, { ...cost, node: least.get(name) ?? NaN }]),
  );
};
