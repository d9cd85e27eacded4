import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';

/** An API key as it is looked up by those who present it. */
export const apiKeyOf = statement<
  { readonly tenantId: string; readonly id: string },
  {
    key_hash: 'text';
    scopes: '_text';
    expires_at: 'timestamptz?';
    revoked_at: 'timestamptz?';
    last_used_at: 'timestamptz?';
  }
>({
  title: 'the API key of an identifier',
  on: 'warehouse',
  columns: {
    key_hash: 'text',
    scopes: '_text',
    expires_at: 'timestamptz?',
    revoked_at: 'timestamptz?',
    last_used_at: 'timestamptz?',
  },
  example: { tenantId: 'heron', id: '0011223344556677' },
  sql: ({ tenantId, id }) => sql`
    select key_hash, scopes, expires_at, revoked_at, last_used_at from monitoring.api_key
    where tenant_id = ${tenantId} and id = ${id}`,
});

/** Notes that a key is in use, at most once an hour: a row that every request wrote would be one that all wait for. */
export const noteUse = statement<
  { readonly tenantId: string; readonly id: string; readonly now: Date },
  { noted: 'bool' }
>({
  title: 'note the use of an API key',
  on: 'warehouse',
  columns: { noted: 'bool' },
  example: { tenantId: 'heron', id: '0011223344556677', now: new Date(0) },
  sql: ({ tenantId, id, now }) => sql`
    update monitoring.api_key set last_used_at = ${now}
    where tenant_id = ${tenantId} and id = ${id}
      and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 hour')
    returning true as noted`,
});

/** Adds a key, of which only the hash is kept. */
export const addApiKey = statement<
  {
    readonly tenantId: string;
    readonly id: string;
    readonly name: string;
    readonly keyHash: string;
    readonly scopes: readonly string[];
    readonly createdBy: string;
    readonly now: Date;
    readonly expiresAt: Date | null;
  },
  { created_at: 'timestamptz' }
>({
  title: 'add an API key',
  on: 'warehouse',
  columns: { created_at: 'timestamptz' },
  example: {
    tenantId: 'heron',
    id: '0011223344556677',
    name: 'collector',
    keyHash: 'h',
    scopes: ['errors'],
    createdBy: 'me',
    now: new Date(0),
    expiresAt: null,
  },
  sql: ({ tenantId, id, name, keyHash, scopes, createdBy, now, expiresAt }) => sql`
    insert into monitoring.api_key (tenant_id, id, name, key_hash, scopes, created_by, created_at, expires_at)
    values (${tenantId}, ${id}, ${name}, ${keyHash}, ${scopes}::text[], ${createdBy}, ${now}, ${expiresAt}::timestamptz)
    returning created_at`,
});

/** The keys of a tenant, or of all; never their hashes. */
export const apiKeys = statement<
  { readonly tenantId: string | null },
  {
    tenant_id: 'text';
    id: 'text';
    name: 'text';
    scopes: '_text';
    created_by: 'text';
    created_at: 'timestamptz';
    last_used_at: 'timestamptz?';
    expires_at: 'timestamptz?';
    revoked_at: 'timestamptz?';
  }
>({
  title: 'the API keys',
  on: 'warehouse',
  columns: {
    tenant_id: 'text',
    id: 'text',
    name: 'text',
    scopes: '_text',
    created_by: 'text',
    created_at: 'timestamptz',
    last_used_at: 'timestamptz?',
    expires_at: 'timestamptz?',
    revoked_at: 'timestamptz?',
  },
  example: { tenantId: null },
  sql: ({ tenantId }) => sql`
    select tenant_id, id, name, scopes, created_by, created_at, last_used_at, expires_at, revoked_at
    from monitoring.api_key
    where ${tenantId}::text is null or tenant_id = ${tenantId}
    order by tenant_id, created_at, id`,
});

/** Revokes a key for ever; one that was revoked before keeps its moment. */
export const revokeApiKey = statement<
  { readonly tenantId: string; readonly id: string; readonly now: Date },
  { revoked_at: 'timestamptz?' }
>({
  title: 'revoke an API key',
  on: 'warehouse',
  columns: { revoked_at: 'timestamptz?' },
  example: { tenantId: 'heron', id: '0011223344556677', now: new Date(0) },
  sql: ({ tenantId, id, now }) => sql`
    update monitoring.api_key set revoked_at = coalesce(revoked_at, ${now})
    where tenant_id = ${tenantId} and id = ${id}
    returning revoked_at`,
});
