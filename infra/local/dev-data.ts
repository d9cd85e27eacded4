import { migrate } from '@rookery/db/migrate';
import { openDb, type Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { demoData } from '@rookery/source/demo';
import { loadDemo } from '@rookery/source/demo.sql';
import { importCsv } from '@rookery/source/import';
import { tenantIds } from '@rookery/source/import.sql';
import { installContract } from '@rookery/source/install';
import type { Screen } from '../../packages/cli/screen.ts';
import type { Env } from './database.ts';
import type { Prepared } from './runtime.ts';

/** Whose e-mails to run on: files of one's own, or the demo when none is given. */
export type Files = { readonly emails?: string | undefined; readonly tenants?: string | undefined };

const demoSeed = 42;
const figure = (n: number): string => n.toLocaleString('en-US');

// True when every tenant is one of the demo: somebody else's e-mails must never be played with.
const isDemo = (known: readonly { readonly tenant_id: string }[]): boolean => {
  const { tenants } = demoData({ seed: demoSeed, now: new Date(), emails: 12, days: 1 });
  const ids = new Set(tenants.map((tenant) => tenant.tenant_id));
  return known.every((tenant) => ids.has(tenant.tenant_id));
};

// Returns true when the source holds the demo and nothing else.
const loadFirstDemo = async (admin: Db, screen: Screen, signal: AbortSignal): Promise<boolean> => {
  const known = await admin.query(tenantIds, undefined);
  if (known.length > 0) {
    const demo = isDemo(known);
    screen.good(
      demo
        ? 'demo data is there from before and is kept'
        : `${figure(known.length)} tenants are there from before and are left as they are`,
    );
    return demo;
  }
  const step = screen.step('making the demo');
  const loaded = await loadDemo(admin, { seed: demoSeed, now: new Date() }, (done, total) => {
    signal.throwIfAborted();
    step.update(`loading the demo, ${figure(total)} rows`, done / total);
  });
  const added = (table: string): string =>
    figure(loaded.find((one) => one.table === table)?.added ?? 0);
  step.done(
    `demo loaded: ${added('tenants')} tenants, ${added('emails')} e-mails, ${added('warmup_messages')} warm-up messages`,
  );
  return true;
};

const importFiles = async (
  admin: Db,
  files: Files,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> => {
  const step = screen.step('importing');
  const done = await importCsv(admin, {
    ...files,
    onProgress: ({ table, rows, share }) => {
      signal.throwIfAborted();
      step.update(`importing ${table}, ${figure(rows)}`, share);
    },
  });
  step.done(
    `imported ${figure(done.tenants)} tenants and ${figure(done.emails)} e-mails; ${figure(done.changed)} rows were new or changed`,
  );
  if (done.odd > 0)
    screen.warn(
      `${figure(done.odd)} e-mails have an event before their sending: ${done.oddities.join('; ')}`,
    );
};

/**
 * Brings the databases to where the functions need them: migrations, the source contract, and data.
 * A source given by SOURCE_DATABASE_URL is somebody's own: nothing is ever written there.
 * Returns true when the source is the demo, which may be played with.
 */
export const prepareData = async (
  { database, proxyPort }: Prepared,
  files: Files,
  screen: Screen,
  signal: AbortSignal,
  env: Env,
): Promise<boolean> => {
  const url = database.DATABASE_URL;
  signal.throwIfAborted();
  const applied = await migrate({ url, proxyPort });
  screen.good(
    applied.length === 0
      ? 'database is up to date'
      : `database migrated: ${applied.map(({ migrationName }) => migrationName).join(', ')}`,
  );
  const foreign = Boolean(env['SOURCE_DATABASE_URL']);
  const own = files.emails !== undefined || files.tenants !== undefined;
  if (foreign && own)
    throw new Failure(
      'conflict',
      'source-not-ours',
      'SOURCE_DATABASE_URL is a database of your own: e-mails are not imported into it; unset it',
    );
  if (foreign) {
    screen.good('reading from SOURCE_DATABASE_URL; no demo data is written there');
    return false;
  }
  const admin = openDb({ url, proxyPort, max: 1, applicationName: 'rookery-dev' });
  try {
    await installContract(admin);
    signal.throwIfAborted();
    if (!own) return await loadFirstDemo(admin, screen, signal);
    await importFiles(admin, files, screen, signal);
    return false;
  } finally {
    await admin.close();
  }
};
