import type { Session } from '@rookery/db/pool';
import { overview } from './overview.sql.ts';
import { table, type Field } from './table.ts';

const head = [
  'tenant',
  'zone',
  'days',
  'sent',
  'delivered',
  'replied',
  'bounced',
  'campaigns',
  'mailboxes',
  'leads',
  'health',
  'period',
  'drift',
];

/** The table of tenants that `npm run dev` ends with: the warehouse's own figures, read as rookery_ops. */
export const overviewTable = async (ops: Session): Promise<string> => {
  const rows = await ops.query(overview, {});
  const lines = rows.map((row): Field[] => Object.values(row));
  const total = lines.pop() ?? [];
  return table(head, lines, ['total', '', ...total.slice(2)]);
};
