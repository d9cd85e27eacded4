import type { Session } from '@rookery/db/pool';
import { evaluate, type Evaluated, type Evaluation } from '@rookery/monitoring/alerts/evaluate';
import type { Labels, Sample, Source, Want } from '@rookery/monitoring/alerts/sample';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';

/** A moment that every interval begins at. */
export const start = new Date('2026-03-02T00:00:00Z');

/** So many seconds after `start`. */
export const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);

/** A source that hands out what a test tells it, by tenant and slot. */
export const toldSource = (
  tell: (want: Want) => readonly Omit<Sample, 'want'>[],
  name = 'told',
): Source => ({
  name,
  answers: () => true,
  read: async (_warehouse: Session, wants) =>
    wants.flatMap((want, place) => tell(want).map((sample) => ({ ...sample, want: place }))),
});

/** A sample measured at a moment. */
export const sample = (
  value: number,
  given: { labels?: Labels; at?: Date; samples?: number } = {},
): Omit<Sample, 'want'> => ({
  labels: given.labels ?? { host: 'a' },
  at: given.at ?? start,
  value,
  samples: given.samples ?? 1,
});

/** What a test says of a rule; the rest is a rule that fires at once above 5. */
export type RuleGiven = Readonly<Record<string, string | number | boolean | null>>;

const literal = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

/** A row of tb_alert_rule as SQL. */
const ruleInsert = (given: RuleGiven): string => {
  const row: RuleGiven = {
    tenant_id: 'acme',
    id: 'r1',
    name: 'Load',
    metric_name: 'load',
    comparison_operator: 'gt',
    threshold: 5,
    duration_minutes: 0,
    evaluation_interval: 60,
    suppress_duration: 0,
    created_by: 'ann',
    ...given,
  };
  return `insert into monitoring.tb_alert_rule (${Object.keys(row).join(', ')})
    values (${Object.values(row).map(literal).join(', ')})`;
};

const tables = ['tb_alert', 'alert_transition', 'alert_state', 'alert_evaluation', 'tb_alert_rule']
  .map((table) => `monitoring.${table}`)
  .join(', ');

/** A world in which rules are evaluated. */
export type AlertRoom = {
  readonly world: World;
  readonly addRule: (given?: RuleGiven) => Promise<void>;
  readonly evaluate: (evaluation: Evaluation) => Promise<Evaluated>;
  /** Rows of a table of monitoring, as `select` and `from` say. */
  readonly rows: <T = Record<string, unknown>>(select: string, from: string) => Promise<T[]>;
  /** Takes away every rule and all that came of them. */
  readonly empty: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens one on a fresh world. */
export const openAlertRoom = async (): Promise<AlertRoom> => {
  const world = await openWorld();
  return {
    world,
    addRule: (given = {}) => world.admin.script(ruleInsert(given)),
    evaluate: (evaluation) => evaluate(world.ops, evaluation),
    rows: (select, from) => ask(world.admin, `select ${select} from monitoring.${from}`),
    empty: () => world.admin.script(`truncate ${tables} cascade`),
    close: world.close,
  };
};

/** One rule and one series, minute by minute; `clock` is the minute of the last slot. */
export const openSeries = (room: AlertRoom) => {
  const clock = { minute: 0 };
  let told: readonly Omit<Sample, 'want'>[] = [];
  const source = toldSource(() => told);
  // The next slot, at which the series has this value; undefined is none.
  const turn = (value?: number, samples = 1) => {
    clock.minute += 1;
    const slot = at(60 * clock.minute);
    told = value === undefined ? [] : [sample(value, { at: slot, samples })];
    return room.evaluate({ at: slot, sources: [source] });
  };
  const turns = async (values: readonly (number | undefined)[]) => {
    const done: string[] = [];
    for (const value of values) {
      const { raised, resolved } = await turn(value);
      const [state] = await room.rows<{ state: string }>('state', 'alert_state');
      const did = `${raised > 0 ? ' raised' : ''}${resolved > 0 ? ' resolved' : ''}`;
      done.push(`${state?.state ?? 'inactive'}${did}`);
    }
    return done;
  };
  const change = (given: RuleGiven) => {
    const set = Object.entries(given).map(([name, value]) => `${name} = ${literal(value)}`);
    return room.world.admin.script(
      `update monitoring.tb_alert_rule set ${set.join(', ')}, revision = revision + 1`,
    );
  };
  const alerts = (columns = 'status, resolution_note as note') =>
    room.rows(columns, 'tb_alert order by triggered_at, status');
  return { clock, turn, turns, change, alerts };
};
