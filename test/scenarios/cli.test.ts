import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { queueNames } from '@rookery/lambda/queue-names';
import { startSqs, type Sqs } from '../../infra/local/queue.ts';
import { queues, type QueueName } from '../../infra/topology.ts';
import { emails, tenant } from '../world/builders.ts';
import { childEnv } from '../world/child-env.ts';
import { createDatabase, openWorld, type World } from '../world/world.ts';

const root = join(import.meta.dirname, '../..');

type Env = Readonly<Record<string, string>>;
type Done = { readonly code: number | null; readonly out: string; readonly err: string };

const start = (args: readonly string[], env: Env) => {
  const child = spawn(process.execPath, [join(root, 'packages/cli/main.ts'), ...args], {
    cwd: root,
    env: { ...childEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const done = once(child, 'close').then((): Done => ({ code: child.exitCode, out, err }));
  return { child, done };
};

let world: World;
let env: Env;
let folder: string;
let sqs: Sqs<QueueName>;

const rookery = (line: string, more: Env = {}): Promise<Done> =>
  start(line.split(' '), { ...env, ...more }).done;
const json = async (
  line: string,
  more: Env = {},
): Promise<{ code: number | null; data: never }> => {
  const { code, out } = await rookery(`${line} --json`, more);
  return { code, data: JSON.parse(out) as never };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rookery-cli-'));
  sqs = await startSqs({ queues, port: 0 });
});
afterAll(async () => {
  await sqs.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  world = await openWorld();
  env = {
    MIGRATION_DATABASE_URL: world.url('postgres'),
    SOURCE_DATABASE_URL: world.url('rookery_source'),
    DATABASE_URL_ETL: world.url('rookery_etl'),
    DATABASE_URL_OPS: world.url('rookery_ops'),
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_URL_INGEST: world.url('rookery_ingest'),
  };
  return () => world.close();
});

const queueEnv = (): Env => ({
  AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  ...Object.fromEntries(
    Object.entries(sqs.urls).flatMap(([name, { url, dlqUrl }]) => [
      [`${name.toUpperCase()}_QUEUE_URL`, url],
      [`${name.toUpperCase()}_DLQ_URL`, dlqUrl],
    ]),
  ),
});

const twoTenants = async (): Promise<void> => {
  for (const tenant_id of ['ant', 'bee']) {
    await tenant(world.admin, { tenant_id, timezone: 'UTC' });
    await emails(
      world.admin,
      ['2025-03-01', '2025-03-02', '2025-03-03'].map((day) => ({
        tenant_id,
        campaign_id: 'c',
        sent_at: `${day}T10:00:00Z`,
      })),
    );
  }
};

// What the documents tell people to type, by the command's words; flags and values come after.
const documented = async (): Promise<Map<string, Set<string>>> => {
  const found = new Map<string, Set<string>>();
  for (const file of globSync(['README.md', 'docs/*.md'], { cwd: root }))
    for (const [, line = ''] of (await readFile(join(root, file), 'utf8')).matchAll(
      /npm run rookery -- ([^`\n#]+)/g,
    )) {
      const words = line.trim().split(/\s+/);
      const end = words.findIndex((word) => word.startsWith('--'));
      const path = words.slice(0, end < 0 ? words.length : end);
      const key = path.filter((word) => /^[a-z-]+$/.test(word)).join(' ');
      const flags = found.get(key) ?? new Set<string>();
      for (const word of words) if (word.startsWith('--')) flags.add(word);
      found.set(key, flags);
    }
  return found;
};

// The help of a command as the program prints it, without a process for each: that would be most of what this file costs.
const helpOf = async ([top = '', ...path]: readonly string[]): Promise<string> => {
  const file: object = await import(join(root, `packages/cli/commands/${top}.ts`));
  let found = Object.values(file).find(
    (one): one is Command => one instanceof Command && one.name() === top,
  );
  // What follows a command that has none below it is a value.
  for (const word of path)
    if (found !== undefined && found.commands.length > 0)
      found = found.commands.find((one) => one.name() === word);
  let text = '';
  found?.configureOutput({ writeOut: (some) => (text += some) }).outputHelp();
  return text;
};

test('every command and flag in the documents exists, and its help has examples and exit codes', async () => {
  const commands = await documented();
  const { code, out } = await rookery('--help');
  expect(code).toBe(0);

  expect(commands.size).toBeGreaterThan(8);
  for (const [name, flags] of commands) {
    const [top = ''] = name.split(' ');
    expect(out).toMatch(new RegExp(`^  ${top}\\b`, 'm'));
    const help = name === '' ? out : await helpOf(name.split(' '));
    for (const text of ['Examples:', 'Exit codes:', ...flags])
      expect(help, `help of ${name}`).toContain(text);
  }
  const one = await rookery('dlq redrive --help');
  const [, ...same] = (await helpOf(['dlq', 'redrive'])).split('\n');
  expect([one.code, one.out]).toEqual([0, expect.stringContaining(same.join('\n'))]);
});

test('missing configuration is told all at once, without the values', async () => {
  const { code, err } = await start(['backfill', '--all'], {
    DATABASE_URL_ETL: 'mysql://user:secret@host/x',
  }).done;

  expect(code).toBe(2);
  expect(err).toMatch(
    /SOURCE_DATABASE_URL is not set; DATABASE_URL_ETL is not a postgres:\/\/ URL; DATABASE_URL_OPS is not set/,
  );
  expect(err).not.toMatch(/secret|at file:/);
});

test('wrong use is exit 2 and one line', async () => {
  const lines = ['backfill', 'backfill --all --tenant ant', 'nonsense', 'import', 'dlq ls'];
  const codes = await Promise.all(lines.map(async (line) => (await rookery(line)).code));
  expect(codes).toEqual(lines.map(() => 2));
  const { code, err } = await rookery('reconcile --from 2025-02-29');
  expect(code).toBe(2);
  expect(err).toContain('Write a day as YYYY-MM-DD');
});

test('a database that does not answer is exit 3 and says so', async () => {
  const url = 'postgres://nobody@127.0.0.1:1/none';
  const { code, err } = await rookery('reconcile', {
    SOURCE_DATABASE_URL: url,
    DATABASE_URL_ETL: url,
  });

  expect(code).toBe(3);
  expect(err).toMatch(/^database-unavailable: /m);
  expect(err).not.toMatch(/^\s+at /m);
});

test('backfill shows what it would do, does it, and the reconciliation then finds nothing', async () => {
  await twoTenants();

  const preview = await json('backfill --tenant ant --from 2025-03-01 --to 2025-03-03 --dry-run');
  expect(preview.data).toMatchObject({ dry_run: true, cells: 2, mails: 2 });
  expect((await json('reconcile')).data).toMatchObject({ behind: expect.any(Number), cells: 6 });

  expect((await json('backfill --all')).data).toMatchObject({
    where: 'here',
    resumed: false,
    cells: 6,
    skipped: 0,
  });
  expect(await json('reconcile')).toMatchObject({ code: 0, data: { drift: 0, behind: 0 } });
});

const damage = statement({
  title: 'test: damage a fact',
  on: 'warehouse',
  columns: { day: 'date' },
  example: null,
  sql: () => sql`
    update olap.campaign_analytics set sent = sent + 5 where tenant_id = 'ant' and day = '2025-03-02' returning day`,
});
const age = statement({
  title: 'test: e-mails of long ago',
  on: 'source',
  columns: { email_id: 'text' },
  example: null,
  sql: () => sql`update source.emails set updated_at = sent_at returning email_id`,
});

test('drift is exit 1 with the difference, and --mend heals it', async () => {
  await twoTenants();
  await world.admin.query(age, null);
  await rookery('backfill --all');
  await world.admin.query(damage, null);

  const drifted = await rookery('reconcile');
  expect(drifted.code).toBe(1);
  expect(drifted.out).toMatch(/ant +campaign_analytics +2025-03-02 +1\..* +6\..* +drift/);
  expect((await rookery('reconcile --tenant bee')).code).toBe(0);
  expect((await rookery('reconcile --from 2025-03-03 --to 2025-03-04')).code).toBe(0);

  expect(await json('reconcile --mend')).toMatchObject({
    code: 0,
    data: { drift: 0, mended: 'here' },
  });
});

const waiting = statement({
  title: 'test: commands that wait for a lock',
  on: 'warehouse',
  columns: { waiting: 'int8' },
  example: null,
  sql: () => sql`
    select count(*) as waiting from pg_stat_activity
    where datname = current_database() and application_name = 'rookery-cli' and wait_event_type = 'Lock'`,
});
const lock = statement({
  title: 'test: lock a tenant',
  on: 'warehouse',
  columns: { tenant_id: 'text' },
  example: null,
  sql: () => sql`select tenant_id from olap.tenant where tenant_id = 'bee' for update`,
});

test('a backfill that was cut short goes on where it stopped, and --restart begins anew', async () => {
  await twoTenants();
  await rookery('backfill --all');

  const cut = await world.admin.transaction(async (tx) => {
    await tx.query(lock, null);
    const running = start(['backfill', '--all'], env);
    for (;;) {
      const [row] = await world.admin.query(waiting, null);
      if (row !== undefined && row.waiting > 0) break;
      await sleep(20);
    }
    running.child.kill('SIGINT');
    return running.done;
  });
  expect(cut.code).toBe(130);

  expect((await json('backfill --all')).data).toMatchObject({
    resumed: true,
    cells: 3,
    skipped: 3,
  });
  expect((await json('backfill --all')).data).toMatchObject({ resumed: false, cells: 6 });
  expect((await json('backfill --all --restart')).data).toMatchObject({ resumed: false, cells: 6 });
});

test('with a queue a backfill queues its cells', async () => {
  await twoTenants();
  const before = (await sqs.pending()).aggregate.queue;

  expect((await json('backfill --all', queueEnv())).data).toMatchObject({
    where: 'queue',
    cells: 6,
  });
  expect((await sqs.pending()).aggregate.queue).toBe(before + 2);
});

test('dead letters are counted, shown with their reason and moved back, none lost', async () => {
  const bury = (body: string) =>
    import('@rookery/lambda/outbox').then(({ sendRaw }) =>
      sendRaw(sqs.urls.reconcile.dlqUrl, [
        { body, attributes: { reason: 'no such tenant', code: 'tenant-unknown', trace: 't1' } },
      ]),
    );
  const before = { ...process.env };
  Object.assign(process.env, queueEnv());
  for (let i = 0; i < 13; i += 1) await bury(`{"letter":${i}}`);
  process.env = before;

  expect((await json('dlq ls', queueEnv())).data).toMatchObject({
    queues: queueNames.map((queue) =>
      queue === 'reconcile' ? { queue, waiting: 0, dead: 13 } : { queue, dead: 0 },
    ),
  });
  const shown: { letters: { message_id: string; body: string; code: string }[] } = (
    await json('dlq show reconcile', queueEnv())
  ).data;
  expect(new Set(shown.letters.map(({ body }) => body)).size).toBe(13);
  expect(shown.letters[0]).toMatchObject({ code: 'tenant-unknown', reason: 'no such tenant' });
  expect((await sqs.pending()).reconcile).toEqual({ queue: 0, dlq: 13 });

  const [first] = shown.letters;
  const one = await json(`dlq redrive reconcile --only ${first?.message_id}`, queueEnv());
  expect(one.data).toMatchObject({ moved: [{ message_id: first?.message_id }] });
  expect((await sqs.pending()).reconcile).toEqual({ queue: 1, dlq: 12 });
  expect((await rookery('dlq redrive --only nothing', queueEnv())).code).toBe(2);

  expect((await rookery('dlq redrive reconcile', queueEnv())).out).toContain(
    'moved 12 of 12 dead letters',
  );
  expect((await sqs.pending()).reconcile).toEqual({ queue: 13, dlq: 0 });
});

test('import takes a file whole, and refuses a broken one with line and column', async () => {
  const tenants = join(folder, 'tenants.csv');
  const broken = join(folder, 'broken.csv');
  await writeFile(tenants, 'tenant_id,timezone\ncat,Asia/Kolkata\n');
  await writeFile(broken, 'tenant_id,timezone\ndog,UTC\nelk,Mars/Olympus\n');

  const good = await json(`import --tenants ${tenants}`);
  expect(good).toMatchObject({ code: 0, data: { tenants: 1, changed: 1 } });
  expect((await json(`import --tenants ${tenants}`)).data).toMatchObject({ changed: 0 });

  const bad = await rookery(`import --tenants ${broken}`);
  expect(bad.code).toBe(2);
  expect(bad.err).toMatch(/broken\.csv line 3, column timezone/);
  expect((await json('reconcile')).data).toMatchObject({ tenants: [{ tenant_id: 'cat' }] });
});

test('migrate lists what is pending, applies it, and then has nothing to do', async () => {
  const empty = await createDatabase();
  const there = { MIGRATION_DATABASE_URL: empty.url('postgres') };
  try {
    const pending: { pending: string[] } = (await json('migrate --pending', there)).data;
    expect(pending.pending[0]).toBe('0001_roles');
    expect((await json('migrate', there)).data).toEqual({ applied: pending.pending });
    expect((await json('migrate', there)).data).toEqual({ applied: [] });
  } finally {
    await empty.drop();
  }
});

test('the generated documents are those of the migrations', async () => {
  expect(await json('docs --check')).toEqual({ code: 0, data: { changed: [] } });
});

test('doctor is content with a good place, and names what is broken with what to do', async () => {
  const healthy = await json('doctor', queueEnv());
  expect(healthy).toMatchObject({ code: 0, data: { healthy: true } });

  await world.admin.script(`
    alter table olap.cell no force row level security;
    alter table source.emails drop column complaint;
    drop index source.emails_updated`);
  const sick = await rookery('doctor', {
    DATABASE_URL_API: 'postgres://nobody_here@127.0.0.1:1/x',
  });

  expect(sick.code).toBe(1);
  expect(sick.out).toMatch(/fail isolation +olap\.cell: row-level security is not forced/);
  expect(sick.out).toMatch(/fail contract +source\.emails\.complaint is missing/);
  expect(sick.out).toMatch(/warn source indexes +none on source\.emails \(updated_at\)/);
  expect(sick.out).toMatch(/fail login api/);
  expect(sick.out).toContain('→ see docs/data-contract.md');
});
