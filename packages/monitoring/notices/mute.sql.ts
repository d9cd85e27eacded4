import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { covered, noCovers, type Covers } from '../health/window.sql.ts';

const example = { now: '2025-01-01T00:00:00.000Z' };

/** The silences of all tenants that one may see which are in force at a moment. */
export const readSilences = statement({
  title: 'read the silences in force',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    id: 'varchar',
    matchers: 'jsonb',
    comment: 'text',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    reminded_at: 'timestamptz?',
  },
  example,
  sql: ({ now }: { now: string }) => sql`
select tenant_id, id, matchers, comment, starts_at, ends_at, reminded_at from monitoring.silence
where starts_at <= ${now}::timestamptz and ends_at > ${now}::timestamptz order by tenant_id, ends_at, id`,
});

/** The inhibitions of all tenants that one may see. */
export const readInhibitions = statement({
  title: 'read the inhibitions',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    id: 'varchar',
    name: 'varchar',
    source_matchers: 'jsonb',
    target_matchers: 'jsonb',
    equal: '_text',
  },
  example: null,
  sql: () => sql`
select tenant_id, id, name, source_matchers, target_matchers, equal from monitoring.alert_inhibition order by tenant_id, id`,
});

/** Services under maintenance, with those that depend on them. */
export const readCovered = statement({
  title: 'read the services under maintenance',
  on: 'warehouse',
  columns: { tenant_id: 'text', service_id: 'varchar', name: 'text' },
  example: noCovers,
  sql: (covers: Covers) => sql`
with recursive ${covered(covers)}
select distinct on (tenant_id, id) tenant_id, id as service_id, name from covered order by tenant_id, id, name`,
});
