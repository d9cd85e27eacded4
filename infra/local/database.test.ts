import { expect, test } from 'vitest';
import { asRole, openDatabases } from './database.ts';

test('a given URL keeps its server, credentials and settings, and gains the role', () => {
  expect(asRole('postgres://me:p+w@127.0.0.1:5433/rookery?sslmode=disable', 'rookery_api')).toBe(
    'postgres://me:p+w@127.0.0.1:5433/rookery?sslmode=disable&options=-c%20role%3Drookery_api',
  );
});

test('URLs of roles that are given are used as they are', async () => {
  const env = {
    DATABASE_URL: 'postgres://me@127.0.0.1:5433/rookery',
    SOURCE_DATABASE_URL: 'postgres://reader@localhost:5434/shop',
  };

  const databases = await openDatabases('unused', env);
  await databases.stop();

  expect(databases.env.SOURCE_DATABASE_URL).toBe(env.SOURCE_DATABASE_URL);
  expect(databases.env.DATABASE_URL_OPS).toContain('role%3Drookery_ops');
  expect(databases.postgres).toBeUndefined();
});

test('a source elsewhere is refused like a warehouse elsewhere', async () => {
  const env = {
    DATABASE_URL: 'postgres://me@127.0.0.1:5433/rookery',
    SOURCE_DATABASE_URL: 'postgres://reader:secret@10.0.0.7/shop',
  };

  await expect(openDatabases('unused', env)).rejects.toThrow(/SOURCE_DATABASE_URL \(10\.0\.0\.7\)/);
});

test('Neon needs no proxy, and cannot be mixed with a plain Postgres', async () => {
  const neon = {
    ROOKERY_ALLOW_REMOTE_DATABASE: '1',
    DATABASE_URL: 'postgres://me@ep-a.eu-central-1.aws.neon.tech/rookery',
  };

  expect((await openDatabases('unused', neon)).proxy).toBeUndefined();
  await expect(
    openDatabases('unused', { ...neon, SOURCE_DATABASE_URL: 'postgres://me@127.0.0.1/shop' }),
  ).rejects.toMatchObject({ code: 'databases-mixed' });
});
