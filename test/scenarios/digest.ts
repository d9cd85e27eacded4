import type { Session } from '@rookery/db/pool';
import { askOne } from './ask.ts';

// Identity, stamps and fences differ from run to run; a link to a billing period is compared by the period's first day.
const fleeting = `array['id', 'updated', 'billing_id', 'source_epoch', 'source_xmax', 'source_in_progress',
  'milliseconds', 'aggregated_at', 'reason', 'seen_at', 'closed_at', 'created', 'applied_to']`;

/** Every fact and billing table of the warehouse. */
export const factTables = [
  'campaign_analytics',
  'mailbox_analytics',
  'sequence_step_analytics',
  'warmup_analytics',
  'lead_analytics',
  'billing_analytics',
  'billing_adjustment',
];

const tables = [...factTables, 'cell'];

const linked = new Set(tables.filter((table) => table !== 'cell' && table !== 'billing_analytics'));

/** One digest a table over everything in it that a second run must repeat byte for byte, and how many rows it has. */
export const digestOf = (db: Session): Promise<Record<string, string>> =>
  askOne<Record<string, string>>(
    db,
    `select ${tables
      .map((table) => {
        const period = linked.has(table)
          ? `, (select b.first_day from olap.billing_analytics b where b.id = t.billing_id)`
          : '';
        return `(select count(*) || ' rows ' || coalesce(md5(string_agg(row, ',' order by row)), '') from (
          select concat((to_jsonb(t) - ${fleeting})::text${period}) as row from olap.${table} t
          ${table === 'lead_analytics' ? 'where sent > 0' : ''}) r) as ${table}`;
      })
      .join(',\n')}`,
  );
