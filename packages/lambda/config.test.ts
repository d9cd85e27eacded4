import { expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';

const env = {
  DATABASE_URL_ETL: 'postgres://rookery_etl@127.0.0.1:5432/rookery',
  AGGREGATE_QUEUE_URL: 'http://127.0.0.1:9324/000000000000/aggregate',
  DATABASE_PROXY_PORT: '4321',
};

test('a function gets the settings it asks for, parsed and frozen, and no other', () => {
  const config = readConfig(['etlDatabaseUrl', 'aggregateQueueUrl', 'databaseProxyPort'], env);

  expect(config).toEqual({
    etlDatabaseUrl: env.DATABASE_URL_ETL,
    aggregateQueueUrl: env.AGGREGATE_QUEUE_URL,
    databaseProxyPort: 4321,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('the proxy port may be absent', () => {
  expect(readConfig(['databaseProxyPort'], {})).toEqual({ databaseProxyPort: undefined });
});

const readBroken = () =>
  readConfig(['etlDatabaseUrl', 'sourceDatabaseUrl', 'databaseProxyPort', 'eventBusName'], {
    DATABASE_URL_ETL: 'mysql://user:secret@host/db',
    DATABASE_PROXY_PORT: '70000',
    EVENT_BUS_NAME: '',
  });

test('all faults are named at once, without the values', () => {
  expect(readBroken).toThrow(Failure);
  expect(readBroken).toThrow(
    /DATABASE_URL_ETL .*; SOURCE_DATABASE_URL is not set; DATABASE_PROXY_PORT .*; EVENT_BUS_NAME is empty$/,
  );
  expect(readBroken).not.toThrow(/secret/);
});
