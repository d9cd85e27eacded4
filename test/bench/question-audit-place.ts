import { openDb, type Db } from '@rookery/db/pool';
import { applicationName } from './place.ts';
import { databaseName } from './question-api.sql.ts';
import type { Stage } from './stage.ts';

/** Opens one warm connection to the warehouse of a stage as a role; the caller closes it. */
export const openAs = async (
  { ground, place }: Stage,
  role: 'rookery_ingest' | 'rookery_api',
): Promise<Db> => {
  const [database] = await place.warehouseAdmin.query(databaseName, {});
  return openDb({
    url: ground.postgres.url(role, database?.name ?? 'postgres'),
    proxyPort: ground.proxyPort,
    max: 1,
    applicationName,
  });
};
