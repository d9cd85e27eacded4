import { expect, test } from 'vitest';
import { identityOf, roles } from './identity.ts';

const good = { sub: 'user-1', tenant_id: 't01', role: 'tenant-admin' };

test('every role is an identity, and other claims are no matter', () => {
  for (const role of roles)
    expect(identityOf({ ...good, role, email: 'a@b.test' })).toEqual({
      subject: 'user-1',
      tenantId: 't01',
      role,
    });
});

test('a name has 1 to 200 characters', () => {
  expect(identityOf({ ...good, tenant_id: 'x'.repeat(200) }).tenantId).toHaveLength(200);
  expect(() => identityOf({ ...good, tenant_id: 'x'.repeat(201) })).toThrow('claim tenant_id');
});

test.each([
  ['sub', undefined],
  ['sub', 7],
  ['sub', ''],
  ['tenant_id', undefined],
  ['tenant_id', null],
  ['tenant_id', ''],
  ['tenant_id', ' \t\n'],
  ['tenant_id', ['t01']],
  ['tenant_id', { id: 't01' }],
  ['tenant_id', 't01\u0000'],
  ['tenant_id', '\ud800'],
  ['role', undefined],
  ['role', 'root'],
  ['role', 'Operator'],
  ['role', ['operator']],
])('claim %s as %j is refused by name', (claim, value) => {
  expect(() => identityOf({ ...good, [claim]: value })).toThrow(
    expect.objectContaining({
      kind: 'forbidden',
      code: 'token-invalid',
      message: expect.stringContaining(`claim ${claim} `),
    }),
  );
});
