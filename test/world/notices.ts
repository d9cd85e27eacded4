import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Session } from '@rookery/db/pool';
import { statement } from '@rookery/db/statement';

/**
 * A notice as a test expects it: when it was decided, why, to whom, and each alert with its state, by the name the test gave
 * it.
 */
export type Entry = {
  readonly at: Date;
  readonly kind: string;
  readonly to: string;
  readonly alerts: readonly string[];
  readonly note: string | null;
};

/** The notices of a database, which a test reads as they come: one that it does not expect fails it. */
export type NoticeBook = {
  /** The notices that came since the last look, in order of decision and destination. */
  readonly news: () => Promise<Entry[]>;
  /** Fails when there are notices that nobody looked at: for afterEach of every test that has to do with alerts. */
  readonly closed: () => Promise<void>;
};

const unread = statement({
  title: 'test: the notices that came',
  on: 'warehouse',
  columns: {
    key: 'text',
    at: 'timestamptz',
    kind: 'text',
    to: 'text',
    alerts: '_text',
    note: 'text?',
  },
  example: { read: [''] },
  sql: ({ read }: { read: readonly string[] }) => sql`
select n.tenant_id || ' ' || n.id as key, n.created_at as at, n.kind, n.channel || ' ' || n.recipient as "to",
  array(
    select coalesce(a -> 'labels' ->> 'name', a ->> 'id') || ' ' || (a ->> 'state')
    from jsonb_array_elements(n.content -> 'alerts') with ordinality e(a, place) order by place
  ) as alerts, coalesce(n.problem, n.content ->> 'note') as note
from monitoring.notice n
where n.tenant_id || ' ' || n.id <> all (${read}::text[])
order by n.created_at, n.kind, 4, n.id`,
});

/** Opens the book of a database: what is in it already is no news. Alerts are called by their label `name`. */
export const openNoticeBook = async (db: Session): Promise<NoticeBook> => {
  const read = new Set<string>();
  const news = async (): Promise<Entry[]> => {
    const rows = await db.query(unread, { read: [...read] });
    for (const { key } of rows) read.add(key);
    return rows.map(({ at, kind, to, alerts, note }) => ({ at, kind, to, alerts, note }));
  };
  await news();
  return {
    news,
    closed: async () => {
      expect(await news(), 'notices that nobody expected').toEqual([]);
    },
  };
};
