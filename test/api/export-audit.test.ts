import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { signerFor } from '@rookery/lambda/sign';
import { openSigned } from '@rookery/lambda/signed';
import { manifestSchema } from '@rookery/warehouse/audit/export-manifest';
import { verifyAudit } from '@rookery/warehouse/audit/verify';
import { ask as rowsOf } from '../scenarios/ask.ts';
import { openApi, type Api, type Caller } from './stack.ts';
import type { Answer } from './wire.ts';

type Row = Readonly<Record<string, unknown>>;

const auditor: Caller = { tenantId: 'heron', role: 'auditor' };
const target = '/v1/audit-log/export';

let api: Api;
const write = (tenantId: string, count: number) =>
  api.world.admin.script(`
    insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, ip_address, notes, old_values,
      new_values, metadata)
    select '${tenantId}', 'user-' || g, case when g % 2 = 0 then 'role.granted' else 'role.revoked' end, 'user', 'u' || g,
      '10.0.0.1', '=cmd|' || g, null, '{"role": "admin"}', '{"approval": "ü-7"}'
    from generate_series(1, ${count}) g`);
beforeAll(async () => {
  api = await openApi();
  await write('heron', 2_500);
  await write('other', 3);
});
afterAll(() => api.close());
beforeEach(() => api.world.admin.script('delete from olap.rate_limit'));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const manifestOf = async ({ headers }: Answer) => {
  const keys = { keys: [await signerFor(process.env['SIGN_KEY'] ?? '').publicKey()] };
  return manifestSchema.parse(
    await openSigned(String(headers['rookery-manifest']), keys, 'rookery-manifest'),
  );
};
const linesOf = (text: string): Row[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
const recorded = (tenantId = 'heron') =>
  rowsOf<{ seq: number; admin_user_id: string; metadata: Row }>(
    api.world.admin,
    `select seq, admin_user_id, metadata from olap.admin_audit_log
     where tenant_id = '${tenantId}' and action = 'audit_log.exported' order by seq`,
  );

test('the file is what digest and manifest say, byte by byte, and its entry stands in the chain', async () => {
  const before = (await recorded()).length;
  const answer = await api.ask(auditor, { target: `${target}.ndjson` });
  const { status, headers, bytes, text } = answer;
  const rows = linesOf(text);

  expect(status).toBe(200);
  expect(headers['repr-digest']).toBe(
    `sha-256=:${Buffer.from(sha256(bytes), 'hex').toString('base64')}:`,
  );
  const manifest = await manifestOf(answer);
  expect(manifest).toMatchObject({
    tenant_id: 'heron',
    by: { subject: 'user-of-auditor', role: 'auditor' },
    format: 'ndjson',
    rows: rows.length,
    bytes: bytes.length,
    sha256: sha256(bytes),
    first_seq: 1,
    last_seq: rows.length,
    last_hash: rows.at(-1)?.['hash'],
    head: { seq: rows.length, hash: rows.at(-1)?.['hash'] },
  });
  expect(new Set(rows.map(({ tenant_id }) => tenant_id))).toEqual(new Set(['heron']));

  const entries = await recorded();
  expect(entries).toHaveLength(before + 1);
  expect(entries.at(-1)).toMatchObject({
    seq: rows.length + 1,
    admin_user_id: 'user-of-auditor',
    metadata: { export_id: manifest.export_id, sha256: manifest.sha256, rows: manifest.rows },
  });
  const [chain] = await verifyAudit(api.world.ops, { tenantIds: ['heron'], checkpoints: [] });
  expect(chain?.faults).toEqual([]);
});

test('CSV is guarded against formulas, NDJSON has the texts as they are, and nothing is ever packed', async () => {
  const packing = { 'accept-encoding': 'gzip, br' };
  const csv = await api.ask(auditor, { target: `${target}.csv`, headers: packing });
  const ndjson = await api.ask(auditor, {
    target,
    headers: { ...packing, accept: 'application/x-ndjson' },
  });
  const [first] = parse<Row>(csv.text, { columns: true });

  expect([first?.['notes'], linesOf(ndjson.text)[0]?.['notes']]).toEqual(["'=cmd|1", '=cmd|1']);
  for (const answer of [csv, ndjson]) {
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect((await manifestOf(answer)).sha256).toBe(sha256(answer.bytes));
  }
  expect((await manifestOf(csv)).format).toBe('csv');
});

test('a filter and a range are in the manifest, and limit the file', async () => {
  const answer = await api.ask(auditor, {
    target: `${target}.ndjson?action=role.granted&from=2020-01-01&to=2999-01-01`,
  });
  const rows = linesOf(answer.text);
  expect([rows.length, new Set(rows.map(({ action }) => action))]).toEqual([
    1_250,
    new Set(['role.granted']),
  ]);
  expect(await manifestOf(answer)).toMatchObject({
    filters: { action: 'role.granted' },
    range: { from: '2020-01-01', to: '2999-01-01' },
    rows: 1_250,
    first_seq: 2,
    last_seq: 2_500,
  });

  const empty = await api.ask(auditor, { target: `${target}.ndjson?to=2020-01-01` });
  expect([empty.status, empty.text]).toEqual([200, '']);
  expect(await manifestOf(empty)).toMatchObject({ rows: 0, first_seq: null, last_hash: null });
});

test('a range that is none is refused, and so is everybody but auditors and operators; no entry is left of it', async () => {
  const before = (await recorded()).length;
  const wrong = await api.ask(auditor, { target: `${target}?from=2025-01-02&to=2025-01-02` });
  expect([wrong.status, JSON.parse(wrong.text).code]).toEqual([422, 'range-empty']);
  for (const role of ['tenant-member', 'tenant-admin'] as const)
    expect((await api.ask({ tenantId: 'heron', role }, { target })).status).toBe(403);
  expect((await api.ask(undefined, { target })).status).toBe(401);
  expect(await recorded()).toHaveLength(before);
});

test('what cannot be recorded is not exported', async () => {
  await api.world.admin.script(`
    create function public.full() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
    create trigger full_log before insert on olap.admin_audit_log for each row when (new.action = 'audit_log.exported')
      execute function public.full()`);
  try {
    const { status, headers, text } = await api.once(auditor, { target });
    expect([status, headers['rookery-manifest']]).toEqual([500, undefined]);
    expect(text).not.toContain('role.granted');
  } finally {
    await api.world.admin.script(`drop trigger full_log on olap.admin_audit_log`);
  }
});

test('what cannot be signed is not exported, and leaves no entry', async () => {
  const before = (await recorded()).length;
  const key = process.env['SIGN_KEY'];
  process.env['SIGN_KEY'] = 'file:/nowhere/sign.key';
  try {
    const { status, text } = await api.once(auditor, { target });
    expect([status, JSON.parse(text).code]).toEqual([503, 'unavailable']);
  } finally {
    process.env['SIGN_KEY'] = key;
  }
  expect(await recorded()).toHaveLength(before);
});

test('entries that are written while it is read twice are not in it', async () => {
  const [answer] = await Promise.all([
    api.ask({ tenantId: 'busy', role: 'operator' }, { target: `${target}.ndjson` }),
    ...Array.from({ length: 10 }, () => write('busy', 100)),
  ]);
  const rows = linesOf(answer.text);
  const manifest = await manifestOf(answer);
  expect([manifest.rows, manifest.sha256]).toEqual([rows.length, sha256(answer.bytes)]);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => n + 1));
});

const hangUpAfter = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const headers = { authorization: `Bearer ${api.token(auditor)}` };
    const asking = request(`${api.url}${target}`, { agent: false, headers });
    asking.on('error', () => {});
    asking.on('response', (response) => response.on('error', () => {}));
    asking.once('close', () => resolve());
    asking.once('finish', () => setTimeout(() => asking.destroy(), ms));
    asking.end();
  });

test('whenever a caller hangs up, in the first reading too, its transaction ends; a recorded export stays recorded', async () => {
  await Promise.all(Array.from({ length: 6 }, (_, n) => hangUpAfter(n * 25)));
  const open = () =>
    rowsOf(
      api.world.admin,
      `select pid from pg_stat_activity
       where datname = current_database() and usename = 'rookery_api' and xact_start is not null`,
    );
  await expect.poll(open, { timeout: 15_000, interval: 20 }).toEqual([]);
  const [chain] = await verifyAudit(api.world.ops, { tenantIds: ['heron'], checkpoints: [] });
  expect(chain?.faults).toEqual([]);
  expect((await api.ask(auditor, { target })).status).toBe(200);
});
