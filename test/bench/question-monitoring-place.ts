import { openDb, type Db } from '@rookery/db/pool';
import { applicationName } from './place.ts';
import { databaseName } from './question-api.sql.ts';
import { historyScripts, historySize } from './question-monitoring.sql.ts';
import type { Stage } from './stage.ts';

/** A stage with a history of monitoring, and what it holds in words; roles that the other questions do not need. */
export type Watch = {
  readonly stage: Stage;
  readonly history: string;
  /** Opens one more warm connection as a role; the caller closes it. */
  readonly open: (role: 'rookery_ingest' | 'rookery_api' | 'rookery_ops') => Db;
};

const count = (n: number | undefined): string => (n ?? 0).toLocaleString('en');

/** Makes the history on the stage's warehouse. */
export const openWatch = async (stage: Stage): Promise<Watch> => {
  const { ground, place } = stage;
  for (const [name, script] of Object.entries(historyScripts)) {
    stage.say(`monitoring: ${name}`);
    await place.warehouseAdmin.script(script);
  }
  const [size] = await place.warehouseAdmin.query(historySize, {});
  const [database] = await place.warehouseAdmin.query(databaseName, {});
  return {
    stage,
    history: `${count(size?.minutes)} minutes in ${count(size?.partitions)} partitions`,
    open: (role) =>
      openDb({
        url: ground.postgres.url(role, database?.name ?? 'postgres'),
        proxyPort: ground.proxyPort,
        max: 1,
        applicationName,
      }),
  };
};
