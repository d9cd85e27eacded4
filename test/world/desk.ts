import { sql } from 'kysely';
import { statement, type Columns } from '@rookery/db/statement';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { packLeads } from '@rookery/warehouse/changes/message';
import { lookForChanges, type Layer } from '@rookery/warehouse/changes/look';
import { aggregate, type Aggregated } from '@rookery/warehouse/facts/aggregate';
import { compare, type Comparison } from '@rookery/warehouse/reconcile/reconcile';
import { openWorld, type World } from './world.ts';

/** A world with the aggregation at work in it, without queues between: messages wait in `inbox`. */
export type Desk = {
  readonly world: World;
  readonly inbox: CellsMessage[];
  /** Looks for work in one layer, in a new slot, and puts what it finds into the inbox. */
  readonly look: (layer?: Layer) => Promise<void>;
  readonly work: (message: CellsMessage) => Promise<Aggregated>;
  /** Looks and works until the inbox is empty. */
  readonly settle: (layer?: Layer) => Promise<void>;
  readonly reconcile: (tenantId: string) => Promise<Comparison>;
  /** Rows of an olap table for one tenant, as JSON would have them. */
  readonly rows: (table: string, tenantId: string, columns: string) => Promise<unknown[]>;
  readonly close: () => Promise<void>;
};

const selected = (table: string, tenantId: string, columns: string) =>
  statement<null, { rows: 'jsonb' } & Columns>({
    title: `rows of ${table}`,
    on: 'warehouse',
    columns: { rows: 'jsonb' },
    example: null,
    sql: () => sql`select coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows from (
      select ${sql.raw(columns)} from olap.${sql.raw(table)} where tenant_id = ${tenantId}
      order by ${sql.raw(
        columns
          .split(',')
          .map((_, i) => String(i + 1))
          .join(', '),
      )}) t`,
  });

/** Opens a desk on a fresh world unless one is given; the moment it takes for now is `now`. */
export const openDesk = async (now = () => new Date(), given?: World): Promise<Desk> => {
  const world = given ?? (await openWorld());
  const inbox: CellsMessage[] = [];
  let slots = 0;

  const look = async (layer: Layer = 'changed') => {
    slots += 1;
    await lookForChanges(
      {
        source: world.source,
        warehouse: world.ops,
        send: async (messages) => void inbox.push(...messages),
      },
      layer,
      { job: layer, scheduledTime: new Date(Date.UTC(2026, 0, 1) + slots * 60_000) },
    );
  };
  const work = async (message: CellsMessage) => {
    const done = await aggregate(
      { source: world.source, warehouse: world.etl, now },
      { tenantId: message.tenant_id, ...message },
    );
    inbox.push(...packLeads(message.tenant_id, done.stale, 'stale-leads'));
    return done;
  };
  return {
    world,
    inbox,
    look,
    work,
    settle: async (layer) => {
      await look(layer);
      for (let message = inbox.shift(); message !== undefined; message = inbox.shift())
        await work(message);
    },
    reconcile: (tenantId) => compare({ source: world.source, warehouse: world.etl }, tenantId),
    rows: async (table, tenantId, columns) => {
      const [row] = await world.admin.query(selected(table, tenantId, columns), null);
      return Array.isArray(row?.rows) ? row.rows : [];
    },
    close: world.close,
  };
};
