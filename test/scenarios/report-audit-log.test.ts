import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLogEndpoints } from '@rookery/http/endpoints/audit-log';
import { closeDatabases } from '@rookery/lambda/database';
import { handler } from '../../functions/api/audit-log.ts';
import { applyEnv } from '../../infra/local/function-env.ts';
import { jwtOf, openIssuer, signingKey, type TokenIssuer } from '../world/token-issuer.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';

const key = signingKey('k1');
const issuerName = 'https://issuer.example/';
let world: World;
let issuer: TokenIssuer;
let env: { readonly stop: () => void };

beforeAll(async () => {
  world = await openWorld();
  issuer = await openIssuer(key);
  env = applyEnv({
    DATABASE_URL_API: world.url('rookery_api'),
    DATABASE_PROXY_PORT: String(world.proxyPort),
    TOKEN_ISSUER: issuerName,
    TOKEN_AUDIENCE: 'rookery',
    TOKEN_JWKS_URL: issuer.jwksUrl,
    LOG_LEVEL: 'SILENT',
  });
  // Two entries of one millisecond, and the edges of a day in Berlin.
  await world.admin.script(`
    select olap.ensure_partitions('2025-02-01', '2025-04-01');
    insert into olap.tenant (tenant_id, timezone) values ('acme', 'Europe/Berlin');
    insert into olap.admin_audit_log
      (creation_time, admin_user_id, action, resource_type, resource_id, tenant_id, old_values, ip_address)
    select v.t::timestamptz, v.u, v.a, 'user', v.r, v.tenant, '{"role":"member"}', '192.0.2.1' from (values
      ('2025-03-09T22:59:59.999999Z', 'ann', 'role.changed', 'r0', 'acme'),
      ('2025-03-09T23:00:00Z', 'ann', 'role.changed', 'r1', 'acme'),
      ('2025-03-10T10:00:00.000100Z', 'bob', 'role.changed', 'r2', 'acme'),
      ('2025-03-10T10:00:00.000200Z', 'bob', 'user.deleted', 'r3', 'acme'),
      ('2025-03-10T22:59:59.999999Z', 'bob', 'role.changed', 'r4', 'acme'),
      ('2025-03-10T23:00:00Z', 'bob', 'role.changed', 'r5', 'acme'),
      ('2025-03-10T12:00:00Z', 'eve', 'role.changed', 'foreign', 'other')) v(t, u, a, r, tenant)`);
});
afterAll(async () => {
  await closeDatabases();
  env.stop();
  await issuer.down();
  await world.close();
});

const tokenOf = (role: string, tenant_id: string) => {
  const now = Math.floor(Date.now() / 1_000);
  return jwtOf(key, {
    iss: issuerName,
    aud: 'rookery',
    sub: `${role}-of-${tenant_id}`,
    iat: now,
    exp: now + 300,
    tenant_id,
    role,
  });
};

type Entry = Record<string, unknown>;

const read = async (query: Record<string, string> = {}, role = 'auditor', tenantId = 'acme') => {
  const path = '/v1/audit-log';
  const event = {
    version: '2.0',
    routeKey: `GET ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { authorization: `Bearer ${tokenOf(role, tenantId)}`, accept: 'application/json' },
    queryStringParameters: query,
    requestContext: {
      domainName: 'api.example.com',
      http: { method: 'GET', path, sourceIp: '198.51.100.7', userAgent: 'curl/8' },
    },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const result = await handler(event, { awsRequestId: 'r' } as Context);
  if (typeof result !== 'object') throw new Error('no structured result');
  const text = result.isBase64Encoded
    ? Buffer.from(result.body ?? '', 'base64').toString()
    : (result.body ?? '');
  const body = JSON.parse(text) as { data: Entry[]; next_cursor: string | null; code?: string };
  return { status: result.statusCode, headers: result.headers ?? {}, body };
};
const resources = async (query: Record<string, string>, role?: string, tenantId?: string) =>
  (await read({ resource_type: 'user', ...query }, role, tenantId)).body.data.map(
    ({ resource_id }) => resource_id,
  );
const recorded = (tenantId: string) =>
  ask<Entry>(
    world.admin,
    `select * from olap.admin_audit_log where tenant_id = '${tenantId}' and action = 'audit_log.read' order by id`,
  );

test('the newest entries come first, each instant with its microseconds', async () => {
  const { status, headers, body } = await read({ resource_type: 'user' });

  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  const { data } = auditLogEndpoints.listAuditLog.response.parse(body);
  expect(data.map(({ resource_id }) => resource_id)).toEqual(['r5', 'r4', 'r3', 'r2', 'r1', 'r0']);
  expect(data[2]).toMatchObject({
    creation_time: '2025-03-10T10:00:00.000200Z',
    admin_user_id: 'bob',
    old_values: { role: 'member' },
    new_values: null,
    ip_address: '192.0.2.1',
    retention_category: null,
  });
});

test('a read is recorded before it is answered: by whom, from where and what was asked', async () => {
  const before = (await recorded('acme')).length;

  const { body } = await read({ action: 'audit_log.read', limit: '1' });

  const entry = (await recorded('acme')).at(-1);
  expect((await recorded('acme')).length).toBe(before + 1);
  expect(entry).toMatchObject({
    admin_user_id: 'auditor-of-acme',
    resource_type: 'admin_audit_log',
    resource_id: 'acme',
    ip_address: '198.51.100.7',
    user_agent: 'curl/8',
    metadata: {
      role: 'auditor',
      filters: { action: ['audit_log.read'] },
      limit: 1,
      continued: false,
    },
    data_classification: 'restricted',
    retention_category: 'audit_access',
  });
  // The reader sees itself.
  expect(body.data.map(({ id }) => id)).toEqual([entry?.['id']]);
});

test('entries are filtered by who, what and when; days are those of the tenant and ranges half-open', async () => {
  expect(await resources({ admin_user_id: 'ann' })).toEqual(['r1', 'r0']);
  expect(await resources({ action: 'user.deleted' })).toEqual(['r3']);
  expect(await resources({ resource_id: 'r2' })).toEqual(['r2']);
  expect(await resources({ resource_type: 'campaign' })).toEqual([]);
  // 10th of March in Berlin: 23:00 to 23:00 UTC.
  expect(await resources({ from: '2025-03-10', to: '2025-03-11' })).toEqual([
    'r4',
    'r3',
    'r2',
    'r1',
  ]);
  expect(
    await resources({ from: '2025-03-10T10:00:00.0001Z', to: '2025-03-10T11:00:00.0002+01:00' }),
  ).toEqual(['r2']);
  expect((await read({ from: '2025-03-10', to: '2025-03-10' })).body.code).toBe('range-empty');
  expect((await read({ from: 'yesterday' })).body.code).toBe('request-malformed');
});

test('pages hold every entry once, two of one millisecond too', async () => {
  const seen: unknown[] = [];
  let cursor: string | null = null;
  do {
    const { body }: Awaited<ReturnType<typeof read>> = await read({
      resource_type: 'user',
      limit: '1',
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...body.data.map(({ resource_id }) => resource_id));
    cursor = body.next_cursor;
  } while (cursor !== null);

  expect(seen).toEqual(['r5', 'r4', 'r3', 'r2', 'r1', 'r0']);
  expect((await recorded('acme')).at(-1)?.['metadata']).toMatchObject({ continued: true });
});

test.each(['tenant-member', 'tenant-admin'])(
  'a %s may not read it, and leaves no entry of a read',
  async (role) => {
    const before = (await recorded('acme')).length;
    expect((await read({}, role)).status).toBe(403);
    expect((await recorded('acme')).length).toBe(before);
  },
);

test('an operator reads one tenant and never the entries of another', async () => {
  expect(await resources({}, 'operator', 'other')).toEqual(['foreign']);
  expect((await read({}, 'operator', 'other')).body.data.map((e) => e['tenant_id'])).toEqual([
    'other',
    'other',
    'other',
  ]);
});

test('reads beside each other are all answered and all recorded', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => read({}, 'auditor', 'busy')));

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
  expect(await recorded('busy')).toHaveLength(6);
});

test('what cannot be recorded is not read: neither without the right to write nor without a partition', async () => {
  await world.admin.script(`revoke insert on olap.admin_audit_log from rookery_api`);
  const refused = await read();
  await world.admin.script(`grant insert on olap.admin_audit_log to rookery_api`);
  const [partition] = await ask<{ name: string }>(
    world.admin,
    `select 'olap.admin_audit_log_' || to_char(now() at time zone 'UTC', 'YYYY_MM') as name`,
  );
  await world.admin.script(`alter table olap.admin_audit_log detach partition ${partition?.name}`);
  const homeless = await read();
  await world.admin.script(`drop table ${partition?.name};
    select olap.ensure_partitions((now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date)`);

  expect([refused.status, refused.body.data]).toEqual([500, undefined]);
  expect([homeless.status, homeless.body.code, homeless.body.data]).toEqual([
    503,
    'unavailable',
    undefined,
  ]);
  // Once the schedule has made it, the log is readable again.
  expect((await read()).status).toBe(200);
});
