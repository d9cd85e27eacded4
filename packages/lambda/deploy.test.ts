import { expect, test } from 'vitest';
import { loginsOf, migrationsFolder } from './deploy.ts';

const urls = {
  etl: 'postgresql://rookery_etl:one@host/db?sslmode=require',
  api: 'postgresql://rookery_api:t%2Fw%20o@host/db',
  ingest: 'postgresql://rookery_ingest:three@host/db',
  ops: 'postgresql://rookery_ops:four@host/db',
};

test('each role has the password of its URL, as it was before it was written into one', () => {
  expect(loginsOf(urls)).toEqual({
    rookery_etl: 'one',
    rookery_api: 't/w o',
    rookery_ingest: 'three',
    rookery_ops: 'four',
  });
});

test('what is wrong with the URLs is told at once, and no password with it', () => {
  const wrong = {
    ...urls,
    etl: 'postgres://neondb_owner:five@host/db',
    ops: 'postgres://rookery_ops@host/db',
  };

  expect(() => loginsOf(wrong)).toThrow(
    'the logins are not complete: DATABASE_URL_ETL is not of rookery_etl; DATABASE_URL_OPS has no password',
  );
});

test('migrations lie beside the bundle in Lambda, and with their package elsewhere', () => {
  expect(migrationsFolder({ LAMBDA_TASK_ROOT: '/var/task' })).toBe('/var/task/migrations');
  expect(migrationsFolder({})).toBeUndefined();
});
