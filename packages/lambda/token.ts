import type { JWTPayload } from 'jose';
import { JOSEError, JWTClaimValidationFailed, JWTExpired } from 'jose/errors';
import { jwtVerify } from 'jose/jwt/verify';
import { identityOf, type Identity } from '@rookery/http/identity';
import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';
import { issuerKeys } from './issuer-keys.ts';

/** Whose tokens are accepted, for whom they must be made out, and where the issuer's public keys are. */
export type TokenSettings = {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
};

/** Tells who calls from an Authorization header. */
export type VerifyToken = (authorization: string | undefined) => Promise<Identity>;

const algorithms = ['RS256', 'ES256'];
const toleranceSeconds = 30;
const maxBytes = 8 * 1024;

const invalid = (message: string, options?: ErrorOptions): Failure =>
  new Failure('forbidden', 'token-invalid', message, options);

// One sentence for whatever is wrong before the claims: a forger learns nothing about how far a forgery came.
const foreign = `this is no token of the issuer: send a JWT in compact form, signed by a current key of it with ${algorithms.join(' or ')}`;
// jose would overlook white space in a part.
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const tokenIn = (authorization: string | undefined): string => {
  if (authorization === undefined || !/^bearer +\S/i.test(authorization))
    throw new Failure(
      'forbidden',
      'token-missing',
      'send a token of the issuer in the header "Authorization: Bearer <token>"',
    );
  const token = authorization.slice('bearer'.length).trimStart();
  if (Buffer.byteLength(token) > maxBytes) throw invalid(`a token has at most ${maxBytes} bytes`);
  if (!compact.test(token)) throw invalid(foreign);
  return token;
};

// Claims are looked at only after the signature: whoever reads which claim is wrong has a token of the issuer.
const refusal = (error: unknown): unknown => {
  if (error instanceof JWTExpired)
    return new Failure('forbidden', 'token-expired', 'the token has expired: get a new one', {
      cause: error,
    });
  if (error instanceof JWTClaimValidationFailed)
    return invalid(
      `claim ${error.claim} is ${error.reason === 'missing' ? 'missing' : 'not what this API accepts'}: see which issuer, audience and times the token is made out for`,
      { cause: error },
    );
  if (error instanceof JOSEError) return invalid(foreign, { cause: error });
  return error;
};

// jose looks at an iat in the future only together with a greatest age of tokens.
const assertIssuedBy = (now: number, { iat }: JWTPayload): void => {
  if (iat === undefined || iat > now + toleranceSeconds)
    throw invalid('claim iat is in the future: compare the clocks of the issuer and this API');
};

/**
 * A verifier with a key cache of its own.
 * It fails with `token-missing`, `token-expired` or `token-invalid`, which are a 401, and with `issuer-unreachable`
 * when the key of a token cannot be fetched; clocks may differ by 30 s.
 */
export const tokenVerifier = ({ issuer, audience, jwksUrl }: TokenSettings): VerifyToken => {
  const keys = issuerKeys(jwksUrl);
  return async (authorization) => {
    const token = tokenIn(authorization);
    const currentDate = new Date();
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      requiredClaims: ['exp', 'sub', 'iat'],
      clockTolerance: toleranceSeconds,
      currentDate,
    }).catch((error: unknown) => {
      throw refusal(error);
    });
    assertIssuedBy(Math.floor(currentDate.getTime() / 1_000), payload);
    return identityOf(payload);
  };
};

let current: (TokenSettings & { readonly verify: VerifyToken }) | undefined;

/**
 * The container's verifier, of TOKEN_ISSUER, TOKEN_AUDIENCE and TOKEN_JWKS_URL; its keys are kept between invocations.
 * It starts afresh when these change, as they do between two local runtimes in one process.
 */
export const verifyToken: VerifyToken = async (authorization) => {
  const { tokenIssuer, tokenAudience, tokenJwksUrl } = readConfig([
    'tokenIssuer',
    'tokenAudience',
    'tokenJwksUrl',
  ]);
  const settings = { issuer: tokenIssuer, audience: tokenAudience, jwksUrl: tokenJwksUrl };
  if (
    current?.issuer !== settings.issuer ||
    current.audience !== settings.audience ||
    current.jwksUrl !== settings.jwksUrl
  )
    current = { ...settings, verify: tokenVerifier(settings) };
  return current.verify(authorization);
};
