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
export const ruleInsert = (given: RuleGiven): string => {
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

/** A world in which rules are evaluated. */
export type AlertRoom = {
  readonly world: World;
  readonly addRule: (given?: RuleGiven) => Promise<void>;
  readonly evaluate: (evaluation: Evaluation) => Promise<Evaluated>;
  /** Rows of a table of monitoring, as `select` and `from` say. */
  readonly rows: <T = Record<string, unknown>>(select: string, from: string) => Promise<T[]>;
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
    close: world.close,
  };
};
