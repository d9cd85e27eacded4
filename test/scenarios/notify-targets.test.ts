import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTarget,
  deleteTarget,
  editTarget,
  rotateSecret,
  type NewTarget,
} from '@rookery/monitoring/notices/targets';
import { targetOfId } from '@rookery/monitoring/notices/target-change.sql';
import { ask } from './ask.ts';
import { openNotifyRoom, type NotifyRoom } from './notify-room.ts';
import { tenant } from './notify-wish.ts';

let room: NotifyRoom;
beforeAll(async () => {
  room = await openNotifyRoom();
});
afterAll(() => room.close());

const asApi = <T>(work: Parameters<typeof room.world.api.transaction<T>>[0], tenantId = tenant) =>
  room.world.api.transaction(work, { tenantId });
const now = new Date();
const inAnHour = new Date(now.getTime() + 3_600_000);
const signingSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const secrets = { first: signingSecret(), second: signingSecret() };
const wish = (given: Partial<NewTarget> = {}): NewTarget => ({
  tenantId: tenant,
  id: 'crm',
  channel: 'webhook',
  name: 'CRM',
  address: `${room.sink.url}/webhook/crm`,
  secret: secrets.first,
  createdBy: 'ann',
  now,
  ...given,
});
const make = (given?: Partial<NewTarget>) => {
  const target = wish(given);
  return asApi((tx) => createTarget(tx, room.seal, target), target.tenantId);
};
const found = (tenantId: string, id: string) =>
  asApi((tx) => tx.query(targetOfId, { tenantId, id }));
const rotation = { tenantId: tenant, id: 'crm', channel: 'webhook', now } as const;
let sent = 0;
// How the signature of the next notice is found by a receiver that knows this secret.
const signedFor = async (secret: string, at?: Date) => {
  sent += 1;
  room.sink.expect('/webhook/crm', secret);
  await room.write({ id: `n${sent}`, channel: 'webhook', recipient: 'crm' });
  await room.attempt(`n${sent}`, 1, at);
  return room.sink.arrivals().at(-1)?.signature;
};

test('while a secret is rotated receivers with the old and the new one find their signature; after it only the new one does', async () => {
  await make();
  expect(await signedFor(secrets.first)).toBe('good');

  await asApi((tx) =>
    rotateSecret(tx, room.seal, {
      ...rotation,
      revision: 0,
      secret: secrets.second,
      previousUntil: inAnHour,
    }),
  );

  expect(await signedFor(secrets.first)).toBe('good');
  expect(await signedFor(secrets.second)).toBe('good');
  expect(await signedFor(secrets.second, new Date(inAnHour.getTime() + 1))).toBe('good');
  expect(await signedFor(secrets.first, new Date(inAnHour.getTime() + 1))).toBe('bad');
});

test('of two who change a target at the same revision one wins', async () => {
  await make({ id: 'twice' });
  const edit = {
    tenantId: tenant,
    id: 'twice',
    channel: 'webhook',
    now,
    address: 'https://a.example',
  } as const;
  const all = await Promise.allSettled(
    ['one', 'two'].map((name) =>
      asApi((tx) => editTarget(tx, { ...edit, revision: 0, name, isActive: true })),
    ),
  );

  expect(all.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(make({ id: 'twice' })).rejects.toMatchObject({ code: 'conflict' });
});

test('a target that cannot be so is refused, without its secret in what is said', async () => {
  const faults: readonly Partial<NewTarget>[] = [
    { secret: 'whsec_dG9vIHNob3J0' },
    { secret: 'hunter2hunter2' },
    { address: null },
    { address: 'ftp://x.example' },
    { channel: 'pagerduty', address: null, secret: 'hunter2hunter2' },
    { channel: 'pagerduty' },
    { channel: 'slack', address: null, secret: 'hunter2hunter2' },
  ];
  for (const fault of faults) {
    const refused = await make({ ...fault, id: 'bad' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'invalid', code: 'request-malformed' });
    expect(String(refused)).not.toContain(fault.secret ?? secrets.first);
  }
});

test('a deleted target keeps no secret, is found no more, and its notices fail', async () => {
  await make({ id: 'gone' });
  expect(await found(tenant, 'gone')).toHaveLength(1);
  await asApi((tx) => deleteTarget(tx, { tenantId: tenant, id: 'gone', revision: 0, now }));

  expect(
    await ask(
      room.world.admin,
      `select secret, previous_secret, is_active from monitoring.notification_target where id = 'gone'`,
    ),
  ).toEqual([{ secret: null, previous_secret: null, is_active: false }]);
  expect(await found(tenant, 'gone')).toEqual([]);
  await room.write({ id: 'to-gone', channel: 'webhook', recipient: 'gone' });
  expect(await room.attempt('to-gone', 1)).toBe('failed');
});

test('the API reads no secret, neither of its tenant nor of another', async () => {
  for (const column of ['secret', 'previous_secret'])
    await expect(
      asApi((tx) => tx.script(`select ${column} from monitoring.notification_target`)),
    ).rejects.toThrow(/denied/);
  await make({ tenantId: 'egret', id: 'theirs' });
  expect(await found('egret', 'theirs')).toEqual([]);
});

test('a secret that was moved to another row or tenant opens nothing: the notice fails and says what to do', async () => {
  await make({ id: 'mine' });
  await make({ id: 'victim', secret: secrets.second });
  await room.world.admin.script(`
    update monitoring.notification_target m set secret = v.secret
    from monitoring.notification_target v where m.id = 'mine' and v.id = 'victim'`);
  const before = room.sink.arrivals().length;
  await room.write({ id: 'moved', channel: 'webhook', recipient: 'mine' });

  expect(await room.attempt('moved', 1)).toBe('failed');

  expect(room.sink.arrivals()).toHaveLength(before);
  const [row] = await room.rows('moved');
  expect(row?.problem).toMatch(/seal|open/);
});

// Everything the database holds, as text; the secrets went through it in every way there is.
const dump = async (): Promise<string> => {
  const tables = await ask<{ name: string }>(
    room.world.admin,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('monitoring', 'olap')`,
  );
  const texts: string[] = [];
  for (const { name } of tables)
    texts.push(JSON.stringify(await ask(room.world.admin, `select * from ${name}`)));
  return texts.join('\n');
};

test('no secret is in the database, in a problem or in the log, in whatever way a notice ends', async () => {
  const canaries = Array.from({ length: 40 }, () => randomBytes(16).toString('hex'));
  const written: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array) => written.push(String(chunk)) > 0;
  process.env['LOG_LEVEL'] = 'TRACE';
  try {
    for (const [n, canary] of canaries.entries()) {
      const kind = (['slack', 'webhook', 'pagerduty'] as const)[n % 3]!;
      const secret = {
        slack: `${room.sink.url}/slack/${canary}`,
        webhook: `whsec_${Buffer.from(canary).toString('base64')}`,
        pagerduty: canary,
      }[kind];
      await room.target(kind, `c${n}`, secret, kind === 'webhook' ? '/webhook/c' : undefined);
      await room.write({ id: `c${n}`, channel: kind, recipient: `c${n}` });
      const fault = (['500', '400', 'reset', '429'] as const)[n % 4]!;
      room.sink.fail({ channel: kind, fault, times: n % 5 === 0 ? 0 : 1 });
      await room.relay();
      await room.work();
    }
  } finally {
    process.stdout.write = write;
    process.env['LOG_LEVEL'] = 'SILENT';
  }

  const places = [await dump(), written.join('')];
  expect(written.length).toBeGreaterThanOrEqual(40);
  for (const canary of canaries)
    for (const text of [
      canary,
      Buffer.from(canary).toString('base64'),
      Buffer.from(canary).toString('hex'),
    ])
      for (const place of places) expect(place.includes(text)).toBe(false);
});
