import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { statement } from '@rookery/db/statement';
import { importCsv, type ImportProgress } from '@rookery/source/import';
import { openWorld, type World } from '../world/world.ts';

const shared = join(import.meta.dirname, '../../../shared/data');
const hasShared = existsSync(join(shared, 'emails.csv.gz'));

const held = statement({
  title: 'test: what the source holds',
  on: 'source',
  columns: {
    tenants: 'int8',
    emails: 'int8',
    sent: 'int8',
    replied: 'int8',
    newest: 'int8',
    digest: 'text?',
  },
  example: undefined,
  sql: () => sql`
    select
      (select count(*) from source.tenants) as tenants,
      count(*) as emails,
      count(sent_at) as sent,
      count(replied) as replied,
      count(*) filter (where updated_at = (select max(updated_at) from source.emails)) as newest,
      md5(string_agg(emails::text, ',' order by email_id)) as digest
    from source.emails`,
});

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = await mkdtemp(join(tmpdir(), 'rookery-import-'));
});
beforeEach(async () => world.admin.script('truncate source.emails, source.tenants'));
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
};

const state = async () => {
  const [row] = await world.admin.query(held, undefined);
  if (row === undefined) throw new Error('no row');
  return row;
};

const columns =
  'email_id,tenant_id,company_id,campaign_id,step_id,mailbox_id,lead_id,status,sent_at,delivered_at,opened,clicked,replied,bounce_type,unsubscribed,complaint';
const email = (id: number, sentAt = '2025-02-01T09:00:00Z', opened = '', tenant = 't1') =>
  `e${id},${tenant},co1,c1,s1,m1,l${id},delivered,${sentAt},,${opened},,,,,`;
const emails = (...rows: string[]) => [columns, ...rows, ''].join('\n');
const tenants = 'tenant_id,name,timezone\nt1,One,Europe/Berlin\n';

test('a second import changes nothing; a changed line changes one row and stamps it', async () => {
  const many = Array.from({ length: 6_000 }, (_, i) => email(i));
  const options = {
    tenants: await file('tenants.csv', tenants),
    emails: await file('emails.csv.gz', emails(...many)),
  };

  const first = await importCsv(world.admin, options);
  const before = await state();
  const second = await importCsv(world.admin, options);
  const after = await state();
  many[17] = email(17, '2025-02-01T09:00:00Z', '2025-02-02T10:00:00Z');
  const third = await importCsv(world.admin, {
    emails: await file('emails.csv.gz', emails(...many)),
  });

  expect(first).toMatchObject({ tenants: 1, emails: 6_000, changed: 6_001, odd: 0 });
  expect(second).toMatchObject({ tenants: 1, emails: 6_000, changed: 0 });
  expect(after).toEqual(before);
  expect(third).toMatchObject({ tenants: 0, emails: 6_000, changed: 1 });
  expect(before.newest).toBe(6_000);
  expect((await state()).newest).toBe(1);
});

test('a fault in the last line leaves nothing of the files, tenants included', async () => {
  const many = Array.from({ length: 12_000 }, (_, i) => email(i));

  const importing = importCsv(world.admin, {
    tenants: await file('tenants.csv', tenants),
    emails: await file('emails.csv.gz', emails(...many, email(12_000, 'yesterday'))),
  });

  await expect(importing).rejects.toMatchObject({
    kind: 'invalid',
    code: 'csv-broken',
    message:
      'emails.csv.gz line 12002, column sent_at: "yesterday" is not a timestamp with a zone; write it as 2025-02-01T09:30:00Z',
  });
  expect(await state()).toMatchObject({ tenants: 0, emails: 0 });
});

test('an e-mail of an unknown tenant is refused with its line', async () => {
  const importing = importCsv(world.admin, {
    tenants: await file('tenants.csv', tenants),
    emails: await file('emails.csv', emails(email(1), email(2, '2025-02-01T09:00:00Z', '', 't9'))),
  });

  await expect(importing).rejects.toThrow(
    'emails.csv line 3, column tenant_id: "t9" is not a tenant; import the tenants first or in the same run',
  );
  expect(await state()).toMatchObject({ tenants: 0, emails: 0 });
});

test('an event before the sending is taken and told', async () => {
  const imported = await importCsv(world.admin, {
    tenants: await file('tenants.csv', tenants),
    emails: await file(
      'emails.csv',
      emails(email(1), email(2, '2025-02-01T09:00:00Z', '2025-01-31T09:00:00Z')),
    ),
  });

  expect(imported).toMatchObject({ emails: 2, changed: 3, odd: 1 });
  expect(imported.oddities).toEqual([
    'emails.csv line 3, column opened: 2025-01-31T09:00:00Z is before sent_at 2025-02-01T09:00:00Z',
  ]);
});

test('a tenant keeps the name and the anchor that a file does not give', async () => {
  const all = 'tenant_id,name,timezone,billing_anchor\nt1,One,UTC,31\n';
  await importCsv(world.admin, { tenants: await file('tenants.csv', all) });

  const short = await file('tenants.csv', 'tenant_id,timezone\nt1,UTC\n');
  const imported = await importCsv(world.admin, { tenants: short });

  expect(imported).toMatchObject({ tenants: 1, changed: 0 });
});

test.each(['missing.csv', 'missing.csv.gz'])('a file that is not there: %s', async (name) => {
  await expect(importCsv(world.admin, { emails: join(folder, name) })).rejects.toMatchObject({
    kind: 'missing',
    code: 'file-missing',
  });
});

test('a .gz file that is none, and one that is cut', async () => {
  const plain = join(folder, 'plain.csv.gz');
  await writeFile(plain, tenants);
  const cut = join(folder, 'cut.csv.gz');
  const zipped = gzipSync(
    `${tenants}${Array.from({ length: 9_000 }, (_, i) => `x${i},,UTC`).join('\n')}`,
  );
  await writeFile(cut, zipped.subarray(0, zipped.length / 2));

  for (const path of [plain, cut])
    await expect(importCsv(world.admin, { tenants: path })).rejects.toMatchObject({
      code: 'csv-broken',
      message: expect.stringContaining('the gzip data is broken'),
    });
  expect(await state()).toMatchObject({ tenants: 0 });
});

const realTitle = 'the real e-mails come in whole, and a second run changes nothing';
test.skipIf(!hasShared)(
  `${realTitle}${hasShared ? '' : ' (skipped: ../shared/data is not here)'}`,
  async () => {
    const told: ImportProgress[] = [];
    const options = {
      tenants: join(shared, 'tenants.csv'),
      emails: join(shared, 'emails.csv.gz'),
      onProgress: (progress: ImportProgress) => told.push(progress),
    };

    const first = await importCsv(world.admin, options);
    const second = await importCsv(world.admin, options);

    expect(first).toMatchObject({ tenants: 12, emails: 83_083, changed: 83_095, odd: 0 });
    expect(second).toMatchObject({ tenants: 12, emails: 83_083, changed: 0 });
    expect(await state()).toMatchObject({ tenants: 12, sent: 83_083, replied: 42_965 });
    expect(told.at(-1)).toEqual({ table: 'emails', rows: 83_083, share: 1 });
  },
);
