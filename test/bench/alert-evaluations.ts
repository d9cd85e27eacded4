import type { Db } from '@rookery/db/pool';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import type { Source } from '@rookery/monitoring/alerts/sample';

/** What is evaluated: so many rules, each with so many series. */
export type Load = { readonly rules: number; readonly series: number };

/** Seconds that one evaluation of all rules took, in several states of their series. */
export type Evaluations = {
  /** Rules never evaluated before, nothing breaches. */
  readonly quiet: number;
  /** Everything begins to fire: the storm. */
  readonly storm: number;
  /** Everything fires on, values stay. */
  readonly steady: number;
  /** Everything fires on, 5 % of the values change, and 5 % of the series come to an end or begin anew. */
  readonly changing: number;
  /** Everything fires on, each value is another. */
  readonly moving: number;
};

const tenantId = 'alert-bench';
const start = Date.parse('2026-03-02T00:00:00Z');
const minute = (n: number): Date => new Date(start + n * 60_000);

type Turn = { value: (series: number) => number };

// The reading of values is measured where they are read; this one has them at hand.
const sourceOf = ({ series }: Load, turn: Turn): Source => ({
  name: 'at hand',
  answers: () => true,
  read: async (_warehouse, wants) =>
    wants.flatMap(({ slot }, want) =>
      Array.from({ length: series }, (_, n) => ({
        want,
        labels: { mailbox_id: `mailbox-${n}` },
        at: slot,
        value: turn.value(n),
        samples: 100,
      })),
    ),
});

const tables = ['alert_state', 'alert_evaluation', 'tb_alert', 'tb_alert_rule', 'alert_transition'];

const clean = async (admin: Db): Promise<void> => {
  for (const table of tables)
    await admin.script(`delete from monitoring.${table} where tenant_id = '${tenantId}'`);
  for (const table of tables) await admin.script(`vacuum monitoring.${table}`);
};

/**
 * Measures evaluations of rules × series with durable state, over five slots. `admin` may write everything; `ops` is a pool
 * of rookery_ops. What it wrote is gone afterwards.
 */
export const measureEvaluations = async (
  { admin, ops }: { readonly admin: Db; readonly ops: Db },
  load: Load,
): Promise<Evaluations> => {
  await clean(admin);
  await admin.script(`insert into monitoring.tb_alert_rule
    (tenant_id, id, name, metric_name, comparison_operator, threshold, duration_minutes, suppress_duration, created_by)
    select '${tenantId}', 'rule-' || n, 'Rule ' || n, 'bench_metric', 'gt', 5, 0, 0, 'bench'
    from generate_series(1, ${load.rules}) n`);
  const turn: Turn = { value: () => 1 };
  let slot = 0;
  const seconds = async (value: Turn['value']): Promise<number> => {
    turn.value = value;
    slot += 1;
    const began = performance.now();
    const done = await evaluate(ops, { at: minute(slot), sources: [sourceOf(load, turn)] });
    const took = (performance.now() - began) / 1_000;
    if (done.series !== load.rules * load.series)
      throw new Error(
        `only ${done.series} series were evaluated: ${JSON.stringify(done.problems[0])}`,
      );
    return took;
  };
  try {
    const quiet = await seconds(() => 1);
    const storm = await seconds(() => 9);
    await seconds(() => 9);
    const steady = await seconds(() => 9);
    await seconds((n) => (n % 40 === 0 ? 1 : 9));
    const changing = await seconds((n) => (n % 40 === 1 ? 1 : n % 20 === 0 ? 10 : 9));
    const moving = await seconds((n) => 10 + n);
    return { quiet, storm, steady, changing, moving };
  } finally {
    await clean(admin);
  }
};
