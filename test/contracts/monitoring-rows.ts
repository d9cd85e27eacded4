import { sql } from 'kysely';
import { codeOf } from '@rookery/db/fault';
import type { Db } from '@rookery/db/pool';
import { statement, type Columns } from '@rookery/db/statement';
import { rolledBack } from './tables.ts';

/** A question of one test, as a statement. */
export const asked = <C extends Columns>(text: string, columns: C) =>
  statement({ title: text, on: 'warehouse', columns, example: null, sql: () => sql.raw(text) });

/** A question whose answer is the number `rows`. */
export const counted = (text: string) => asked(text, { rows: 'int8' });

/** Runs the text and undoes it: `accepted`, or the error with its code before it. */
export const outcome = async (db: Db, text: string, tenantId?: string): Promise<string> => {
  try {
    await rolledBack(
      db,
      (tx) => tx.script(text),
      tenantId === undefined ? undefined : { tenantId },
    );
    return 'accepted';
  } catch (error) {
    return `${codeOf(error)} ${error instanceof Error ? error.message : ''}`;
  }
};

/** Inserts a metric of today with the given columns. */
export const performance = (columns: string, values: string): string =>
  `insert into monitoring.tb_performance_metric (time, metric_name, ${columns})
   values (date_trunc('day', now()), 'http', ${values})`;

/** Inserts an audit event of now, without its key. */
export const audit = (event: string, address: string, email = 'a@b.example'): string =>
  `insert into monitoring.tb_audit_event
     (event_id, user_id, user_email, user_role, action_type, resource_type, description, ip_address)
   values ('${event}', 'u', '${email}', 'admin', 'read', 'thing', 'd', ${address})`;
