import { setTimeout as pause } from 'node:timers/promises';
import { errorReport } from '@rookery/http/streams/errors';
import type { ErrorItem } from '@rookery/monitoring/errors/item';
import { ask, askOne } from './ask.ts';
import { minutesAgo, type IngestRoom } from './ingest-room.ts';

/** An occurrence as the door lets it through, five minutes ago unless told otherwise. */
export const occurrence = (given: Record<string, unknown> = {}): ErrorItem =>
  errorReport.parse({
    occurred_at: minutesAgo(5),
    message: 'broken',
    error_type: 'TypeError',
    ...given,
  });

/** What is open until it is let go. */
export const gate = () => {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  return { open: () => resolve(), opened };
};

/** Opens once so many have come to it. */
export const meeting = (many: number) => {
  const { open, opened } = gate();
  let come = 0;
  return async (): Promise<void> => {
    come += 1;
    if (come >= many) open();
    await opened;
  };
};

/** Waits until a writer waits for another one's lock. */
export const someoneWaits = async ({ world }: IngestRoom): Promise<void> => {
  const waiting = `select pid from pg_stat_activity
    where datname = current_database() and usename = 'rookery_ingest' and wait_event_type = 'Lock'`;
  while ((await ask(world.admin, waiting)).length === 0) await pause(5);
};

/** Occurrences that the groups of a tenant count. */
export const countOf = async ({ world }: IngestRoom, tenant: string): Promise<number> => {
  const { n } = await askOne<{ n: number }>(
    world.ops,
    `select coalesce(sum(occurrence_count), 0) as n from monitoring.tb_error_log where tenant_id = '${tenant}'`,
  );
  return n;
};
