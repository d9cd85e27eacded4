import { Failure } from '@rookery/kernel/failure';
import { isPlain } from '@rookery/kernel/text';

/** What a caller may be: two roles inside a tenant, two of the platform. */
export const roles = ['tenant-member', 'tenant-admin', 'operator', 'auditor'] as const;

/** One of the roles. */
export type Role = (typeof roles)[number];

/** Who calls: a subject of the issuer, acting in one tenant in one role. */
export type Identity = {
  readonly subject: string;
  readonly tenantId: string;
  readonly role: Role;
};

const maxLength = 200;

const wrong = (claim: string, wanted: string): Failure =>
  new Failure(
    'forbidden',
    'token-invalid',
    `claim ${claim} must be ${wanted}: have the issuer put it into the token`,
  );

const textOf = (claims: Readonly<Record<string, unknown>>, claim: string): string => {
  const value = claims[claim];
  if (
    typeof value !== 'string' ||
    value.trim() === '' ||
    value.length > maxLength ||
    !isPlain(value)
  )
    throw wrong(claim, `a text of 1 to ${maxLength} characters`);
  return value;
};

/**
 * The identity in the claims of a token that is already verified: `sub`, `tenant_id` and `role`.
 * Fails with `token-invalid`, naming the claim, when one is missing or malformed.
 */
export const identityOf = (claims: Readonly<Record<string, unknown>>): Identity => {
  const subject = textOf(claims, 'sub');
  const tenantId = textOf(claims, 'tenant_id');
  const role = roles.find((known) => known === claims['role']);
  if (role === undefined) throw wrong('role', `one of ${roles.join(', ')}`);
  return { subject, tenantId, role };
};
