import type { Db } from '@rookery/db/pool';
import { emailCounters } from '@rookery/warehouse/facts/engagement';
import { campaign, mailbox, step } from '@rookery/warehouse/facts/fact';
import type { Day } from '@rookery/kernel/day';

const counts = emailCounters.map(({ name, count }) => `${count} as ${name}`).join(', ');

// The rows stay in the server: counting them costs little, sending them would not be bare.
const groupBy = (grain: readonly string[], where: string): string => `
select count(*) from (
  select e.tenant_id, (e.sent_at at time zone 'UTC')::date as day, ${grain.map((g) => `e.${g}`).join(', ')},
    min(e.company_id) as company_id, ${counts}
  from source.emails e where ${where}
  group by e.tenant_id, (e.sent_at at time zone 'UTC')::date, ${grain.map((g) => `e.${g}`).join(', ')} offset 0
) g`;

const floor = (where: string): string[] =>
  [campaign, step, mailbox].map((fact) => groupBy(fact.grain, where));

const run = async (db: Db, statements: readonly string[]): Promise<void> => {
  for (const text of statements) await db.script(text);
};

/** The bare floor of one day: three GROUP BYs over all tenants, computing the columns of the facts, read only. */
export const floorOfDay = (db: Db, day: Day): Promise<void> =>
  run(
    db,
    floor(
      `e.sent_at >= timestamptz '${day} 00:00Z' and e.sent_at < timestamptz '${day} 00:00Z' + interval '1 day'`,
    ),
  );

/** The bare floor of all days. */
export const floorOfAll = (db: Db): Promise<void> => run(db, floor('true'));
