import { JOSENotSupported, JWKSMultipleMatchingKeys, JWKSNoMatchingKey } from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import { createRemoteJWKSet, customFetch, jwksCache, type JWKSCacheInput } from 'jose/jwks/remote';
import type { JWTVerifyGetKey } from 'jose/jwt/verify';
import { Failure } from '@rookery/kernel/failure';

// As long as API Gateway waits for the same keys.
const timeoutMs = 1_500;
// A key that is taken back is accepted no longer than this; API Gateway itself keeps keys for two hours.
const maxAgeMs = 10 * 60_000;
// Between two fetches for a key id that is not known: also the longest that a brand-new key waits.
const cooldownMs = 30_000;
// After a fetch that failed: without it each request of an outage would wait for the time-out.
const pauseMs = 5_000;
// How old keys may get while the issuer does not answer. It outlasts an issuer's bad night, and the tokens around
// are then long expired; a key that leaks during the outage itself is accepted until its end or for this long.
const outageMs = 24 * 3_600_000;

const paused = new Error('the issuer did not answer a moment ago');
const emptyCache = (): JWKSCacheInput => ({});

// True when the keys were there and the token fits none of them, or not exactly one.
const isAboutToken = (error: unknown): boolean =>
  error instanceof JWKSNoMatchingKey ||
  error instanceof JWKSMultipleMatchingKeys ||
  error instanceof JOSENotSupported;

const unreachable = (host: string, cause: unknown): Failure =>
  new Failure(
    'unavailable',
    'issuer-unreachable',
    `the keys of the token issuer cannot be read from ${host}: try again in ${pauseMs / 1_000} s`,
    { cause },
  );

/**
 * The public keys of an issuer, fetched on first use and kept by this container.
 * An unknown key id leads to one refetch in 30 s; while the issuer is away known keys go on for at most 24 h, and
 * whoever needs another key fails with `issuer-unreachable`, because nobody can tell whether that key is good.
 */
export const issuerKeys = (jwksUrl: string): JWTVerifyGetKey => {
  const url = new URL(jwksUrl);
  const cache = emptyCache();
  let pausedUntil = 0;
  let held: { readonly uat: number; readonly keyOf: JWTVerifyGetKey } | undefined;
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    [jwksCache]: cache,
    [customFetch]: (target, options) =>
      Date.now() < pausedUntil ? Promise.reject(paused) : fetch(target, options),
  });

  const heldKeys = (): JWTVerifyGetKey | undefined => {
    const { uat, jwks } = cache;
    if (uat === undefined || jwks === undefined || Date.now() >= uat + outageMs) return undefined;
    if (held?.uat !== uat) held = { uat, keyOf: createLocalJWKSet(jwks) };
    return held.keyOf;
  };

  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      // An issuer that publishes no key at all has broken down: nothing can be said about any token.
      if (isAboutToken(error) && cache.jwks?.keys.length !== 0) throw error;
      if (error !== paused) pausedUntil = Date.now() + pauseMs;
      const keyOf = heldKeys();
      if (keyOf === undefined) throw unreachable(url.host, error);
      try {
        return await keyOf(header, token);
      } catch (fault) {
        if (fault instanceof JWKSNoMatchingKey) throw unreachable(url.host, error);
        throw fault;
      }
    }
  };
};
