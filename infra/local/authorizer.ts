import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { Claims } from './http-event.ts';
import type { Issuer } from './issuer.ts';

// API Gateway hands every claim over as text, a list as its items between brackets.
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  return JSON.stringify(value);
};

/**
 * Checks tokens as API Gateway's JWT authorizer does, with `$request.header.Authorization` as its identity source:
 * RSA only, `kid` required, `Bearer` optional, no tolerance of clocks. A token that fails is undefined.
 */
export const createAuthorizer = ({
  issuer,
  audience,
  keys,
}: Pick<Issuer, 'issuer' | 'audience' | 'keys'>) => {
  const keyOf = createLocalJWKSet({ keys: [...keys] });
  return async (authorization: string | undefined): Promise<Claims | undefined> => {
    const token = authorization?.replace(/^bearer +/i, '');
    if (token === undefined) return undefined;
    const currentDate = new Date();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
        issuer,
        audience,
        algorithms: ['RS256', 'RS384', 'RS512'],
        requiredClaims: ['exp'],
        currentDate,
      });
      const issuedAt = payload.iat ?? 0;
      if (protectedHeader.kid === undefined || issuedAt * 1_000 > currentDate.getTime())
        return undefined;
      const claims = Object.entries(payload).map(([name, value]) => [name, textOf(value)]);
      return { claims: Object.fromEntries(claims), scopes: null };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
};
