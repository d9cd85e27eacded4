import { readConfig } from '@rookery/lambda/config';
import { deployWarehouse, migrationsFolder, type Deployed } from '@rookery/lambda/deploy';

/** Called by a deployment before any function of it is made, and once more whenever migrations or logins change. */
export const handler = (): Promise<Deployed> => {
  const config = readConfig([
    'migrationDatabaseUrl',
    'etlDatabaseUrl',
    'apiDatabaseUrl',
    'ingestDatabaseUrl',
    'opsDatabaseUrl',
    'databaseProxyPort',
  ]);
  const { migrationDatabaseUrl: url, databaseProxyPort: proxyPort } = config;
  return deployWarehouse(
    { url, proxyPort, folder: migrationsFolder() },
    {
      etl: config.etlDatabaseUrl,
      api: config.apiDatabaseUrl,
      ingest: config.ingestDatabaseUrl,
      ops: config.opsDatabaseUrl,
    },
  );
};
