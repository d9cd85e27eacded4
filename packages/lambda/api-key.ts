import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Identity } from '@rookery/http/identity';
import { Failure } from '@rookery/kernel/failure';
import { isPlain } from '@rookery/kernel/text';
import { apiKeyOf, noteUse } from './api-key.sql.ts';
import { database } from './database.ts';

/** A fresh key: `text` is shown once, and only `hash` is kept, under `id`. */
export type NewApiKey = { readonly id: string; readonly text: string; readonly hash: string };

/** Whose a key is and what it may be used for: streams by name, `heartbeats`, or one of these as `heartbeat:backup`. */
export type KeyHolder = { readonly identity: Identity; readonly scopes: readonly string[] };

// The tenant is part of the key: its row is read under the tenant's own row-level security, and no statement looks for a key
// across tenants. A text for another tenant finds no row there, or one with another hash.
const form = /^(rk_([\w-]{1,1100})\.([0-9a-f]{16})_[\w-]{43})([\w-]{6})$/;
const hourMs = 3_600_000;

/** The SHA-256 of a key in hex. Its 32 random bytes need no slow hash: nobody can try them all. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

// 36 bits that follow from all before them: what was never made here, or was cut or mistyped, costs no look into the database.
// It is no secret: who knows how keys are made can work it out, and learns nothing by it.
const sumOf = (body: string): string =>
  createHash('sha256').update(`api-key ${body}`).digest('base64url').slice(0, 6);

/** The text of a key: its first part, in which `_` goes before 43 characters of secret, and its checksum. */
export const summed = (body: string): string => body + sumOf(body);

/** Makes a key for a tenant. */
export const newApiKey = (tenantId: string): NewApiKey => {
  const id = randomBytes(8).toString('hex');
  const tenant = Buffer.from(tenantId).toString('base64url');
  const text = summed(`rk_${tenant}.${id}_${randomBytes(32).toString('base64url')}`);
  return { id, text, hash: hashOf(text) };
};

/** True when two hashes in hex are the same; takes as long for any two of a length. */
export const sameHash = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

// One sentence for whatever is wrong: a forger learns nothing about how far a forgery came.
const foreign = (): Failure =>
  new Failure(
    'forbidden',
    'api-key-invalid',
    'this is no API key: send one as it was shown when it was made',
  );

const partsOf = (text: string): { tenantId: string; id: string } => {
  const [, body = '', tenant = '', id = '', sum] = form.exec(text) ?? [];
  const tenantId = Buffer.from(tenant, 'base64url').toString();
  // Also when the bytes are no UTF-8, or the same tenant written in another way.
  const isOurs = Buffer.from(tenantId).toString('base64url') === tenant;
  if (tenantId === '' || !isOurs || !isPlain(tenantId) || sum !== sumOf(body)) throw foreign();
  return { tenantId, id };
};

const nobody = '0'.repeat(64);

/**
 * Tells whose an API key is. Fails with `api-key-invalid` for any but one that was made here, and for such a one with
 * `api-key-revoked` or `api-key-expired`, which are a 401. It is looked up each time, so that a revoked key ends at once;
 * a text whose checksum is wrong is not looked up at all.
 */
export const verifyApiKey = async (text: string, now: Date): Promise<KeyHolder> => {
  const { tenantId, id } = partsOf(text);
  const db = database('api');
  const [key] = await db.transaction((tx) => tx.query(apiKeyOf, { tenantId, id }), { tenantId });
  const isSame = sameHash(hashOf(text), key?.key_hash ?? nobody);
  if (key === undefined || !isSame) throw foreign();
  if (key.revoked_at !== null)
    throw new Failure('forbidden', 'api-key-revoked', 'this API key was revoked: use another');
  if (key.expires_at !== null && key.expires_at <= now)
    throw new Failure(
      'forbidden',
      'api-key-expired',
      `this API key expired at ${key.expires_at.toISOString()}: have a new one made`,
    );
  if (key.last_used_at === null || now.getTime() - key.last_used_at.getTime() > hourMs)
    await db.transaction((tx) => tx.query(noteUse, { tenantId, id, now }), { tenantId });
  return {
    identity: { subject: `api-key:${id}`, tenantId, role: 'tenant-member' },
    scopes: key.scopes,
  };
};
