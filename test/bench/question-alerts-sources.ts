import { Failure } from '@rookery/kernel/failure';
import { evaluate, type Evaluated } from '@rookery/monitoring/alerts/evaluate';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';
import { plain, time, type Line } from './line.ts';
import { boundSeconds } from './question-alerts-evaluate.ts';
import { weigh, type AlertPlace } from './question-alerts-place.ts';
import { mailboxesScript, minutesScript, noMailboxesScript } from './question-alerts.sql.ts';

// After the slots of the other questions: a rule is not evaluated at a slot before its last.
const hour = '2026-03-05T10:00:00Z';
const end = Date.parse('2026-03-05T11:00:00Z');

type Kind = {
  readonly name: string;
  readonly rules: number;
  readonly metric: string;
  /** Whether every value is another at each slot, and so written to its alert. */
  readonly isMoving: boolean;
  /** The slot of one evaluation after the other. */
  readonly slot: (turn: number) => Date;
};

const kinds: readonly Kind[] = [
  {
    name: '1 rule × 10,000 mailboxes, bounce rate of two days of facts',
    rules: 1,
    metric: 'mailbox.bounce_rate',
    isMoving: false,
    slot: (turn) => new Date(end + turn * 60_000),
  },
  {
    name: '100 rules × 100 endpoints, p95 of five minutes of sketches',
    rules: 100,
    metric: 'request.p95',
    isMoving: false,
    slot: (turn) => new Date(end - (40 - turn) * 60_000),
  },
  {
    name: '100 rules × 100 endpoints, p95 of five minutes of sketches',
    rules: 100,
    metric: 'request.p95',
    isMoving: true,
    slot: (turn) => new Date(end - (40 - turn) * 60_000),
  },
];

const whole = (done: Evaluated): Evaluated => {
  if (done.series === 10_000 && done.problems.length === 0) return done;
  throw new Failure(
    'unavailable',
    'bench-incomplete',
    `${done.series} series: ${done.problems[0]?.problem ?? 'nobody says why'}`,
  );
};

/** Evaluations whose values are read out of the database, too. */
export const sourceLines = async (alerts: AlertPlace): Promise<Line[]> => {
  const { place } = alerts.stage;
  const { warehouseAdmin: admin, ops } = place;
  await admin.script(mailboxesScript(hour.slice(0, 10)));
  const sources = [...warehouseSources(readQuotas(() => place.source)), ...monitoringSources];
  const lines: Line[] = [];
  for (const { name, rules, metric, isMoving, slot } of kinds) {
    alerts.stage.say(`alerts: ${name}`);
    await admin.script(minutesScript(hour, isMoving));
    await alerts.begin(rules, { metric });
    let at = 0;
    const run = async (): Promise<Evaluated> =>
      whole(await evaluate(ops, { at: slot((at += 1)), sources }));
    const { steady } = await weigh(alerts.stage, { steady: { prepare: run, run } });
    if (steady === undefined) continue;
    const { wall, cpu, node, statements } = steady;
    lines.push(
      plain(
        `${name}, read and evaluated, ${isMoving ? 'every value changes' : 'nothing changes'}, wall`,
        wall / 1_000,
        's',
        { most: boundSeconds },
        `${time(wall)} wall; ${time(cpu)} CPU of Postgres, ${time(node)} of Node; ${statements} statements`,
      ),
    );
  }
  await admin.script(noMailboxesScript);
  return lines;
};
