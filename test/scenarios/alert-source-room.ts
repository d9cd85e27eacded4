import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import type { Labels, Sample, Source, Want } from '@rookery/monitoring/alerts/sample';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';
import { openWorld, type World } from '../world/world.ts';

/** All sources, as the function that evaluates introduces them. */
export const sourcesOf = ({ source }: Pick<World, 'source'>): readonly Source[] => [
  ...warehouseSources(readQuotas(() => source)),
  ...monitoringSources,
];

/** A want of which the test names what matters: by default of tenant acme over five minutes. */
export const want = (metric: string, slot: string, more: Partial<Want> = {}): Want => ({
  tenantId: 'acme',
  metric,
  slot: new Date(slot),
  windowMinutes: 5,
  lookbackSeconds: 300,
  search: null,
  ...more,
});

/** A sample as tests compare them: by its series, in short. */
export type Told = readonly [labels: Labels, value: number, samples: number];

/** A world with everything that is measured, and a way to ask for it. */
export type SourceRoom = {
  readonly world: World;
  /** Puts rows into a table, by the columns that they name. */
  readonly put: (table: string, rows: readonly Record<string, unknown>[]) => Promise<void>;
  readonly read: (wants: readonly Want[]) => Promise<readonly Sample[]>;
  /** The series of one want, in the order of their labels. */
  readonly tell: (one: Want) => Promise<readonly Told[]>;
};

const readAll = async (world: World, wants: readonly Want[]): Promise<readonly Sample[]> => {
  const [first] = wants;
  const source = sourcesOf(world).find(({ answers }) => answers(first?.metric ?? ''));
  if (source === undefined) throw new Error(`no source for ${first?.metric}`);
  return world.ops.transaction((tx) => source.read(tx, wants));
};

/** Opens a world with partitions for 2025 and until a week from now. */
export const openSourceRoom = async (): Promise<SourceRoom> => {
  const world = await openWorld();
  await world.admin.script(
    `select monitoring.ensure_partitions('2025-03-01Z', '2025-04-15Z');
    select olap.ensure_partitions('2025-01-01', '2025-12-31')`,
  );
  return {
    world,
    put: async (table, rows) => {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
      const json = JSON.stringify(rows).replaceAll("'", "''");
      await world.admin.script(`insert into ${table} (${columns}) select ${columns}
        from jsonb_populate_recordset(null::${table}, '${json}')`);
    },
    read: (wants) => readAll(world, wants),
    tell: async (one) =>
      (await readAll(world, [one]))
        .map(({ labels, value, samples }): Told => [labels, value, samples])
        .toSorted(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
};
