import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalised } from './normalise.ts';

const told: readonly (readonly [message: string, normal: string])[] = [
  ["Cannot read properties of undefined (reading 'map')", 'Cannot read properties of undefined (reading <text>)'],
  ["Can't find lead 17 of Jane's list 'Spring'", "Can't find lead <n> of Jane's list <text>"],
  ["lead 'O'Brien' isn't there", "lead <text> isn't there"],
  ['no such table: “kampagne”', 'no such table: <text>'],
  ["User 'jane@acme.example' is unknown", 'User <text> is unknown'],
  ["User jane.o'neil+x@acme.example couldn't be found", "User <email> couldn't be found"],
  ['connect ECONNREFUSED 10.0.3.17:5432', 'connect ECONNREFUSED <n>:<n>'],
  ['connect ETIMEDOUT 2001:db8::ff00:42:8329', 'connect ETIMEDOUT <address>'],
  ['Timeout of 5,000.25ms exceeded', 'Timeout of <n>ms exceeded'],
  ['balance is -3, was 1.5e-7', 'balance is <n>, was <n>'],
  ['since 2026-11-21T10:00:00.123Z and 2026-11-21 10:00:00+00', 'since <time> and <time>'],
  ['request 3F2504E0-4f89-11d3-9a0c-0305e82c3301 failed', 'request <uuid> failed'],
  ['object 507f1f77bcf86cd799439011 at 0x7ffee4', 'object <hex> at <hex>'],
  ['campaign cmp_01HZX3K9QW7V4 of cus_NffrFeUfNV2Hib', 'campaign cmp_<id> of cus_<id>'],
  ['bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.SflKxwRJ', 'bad token <token>'],
  ['GET https://api.example/v1/leads?id=1 failed', 'GET <url> failed'],
  ['Key (tenant_id, name)=(acme, Spring) already exists', 'Key (tenant_id, name)=(<text>) already exists'],
  ['select 1 where id in ($1, $2, $3)', 'select <n> where id in ($<n>)'],
  ['first line\r\n\t second   line ', 'first line\nsecond line'],
  ["it's the users' fault", "it's the users' fault"],
  ['sha256 of base64UrlDecode', 'sha<n> of base<n>UrlDecode'],
]; // prettier-ignore

test.each(told)('%j is %j', (message, normal) => {
  expect(normalised(message)).toBe(normal);
});

const bombs = [
  'a', '1', 'a1', '@', 'a@', "a'", "'", "' ", "''", "a''b", '"', '`', '“', '«', '(', '=(', ':', 'f:', '1:', '://', 'a:', 'a://',
  'eyJ', 'eyJaaaaaa.', '-', '+', ' ', '\n', ' \n', '1,', '1, ', '$1, ', '<n>', '<n>, ', '.', '0x', 'deadbeef-', 'aaaa-', 'é', 'ab_',
  '2026-11-21', '2026-11-21T10:00:00.', 'z1z1', '%', '\0', '💥',
]; // prettier-ignore

test('normalising twice is normalising once, whatever stands beside what', () => {
  const piece = fc.oneof(
    fc.constantFrom(...told.flat(), ...bombs),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.stringMatching(/^[0-9a-f'" :.,@$()<>-]{0,12}$/),
    fc.emailAddress(),
    fc.ipV6(),
    fc.uuid(),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = normalised(pieces.join(''));
      expect(normalised(once)).toBe(once);
    }),
    { numRuns: 5_000, seed: 20_261_121 },
  );
});

test('a message of 10,001 characters is known by its first 10,000', () => {
  const long = 'x'.repeat(10_000);

  expect(normalised(`${long}a`)).toBe(normalised(`${long}b`));
  expect(normalised(`${long.slice(1)}a`)).not.toBe(normalised(`${long.slice(1)}b`));
});

const took = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
};

const work = (text: string) => () => {
  for (let n = 0; n < 20; n += 1) normalised(text);
};

test.each(bombs)('a message of %j only takes time in proportion to its length', (bomb) => {
  const of = (length: number) => bomb.repeat(length / bomb.length);
  const [small, large] = [work(of(1_250)), work(of(10_000))];
  small();
  const times = [1, 2, 3].map(() => took(small));

  // Eight times the text: 8 × the work when linear, 64 × when quadratic, of which 100 ms are chance.
  expect(took(large)).toBeLessThan(Math.max(...times) * 24 + 100_000);
});
