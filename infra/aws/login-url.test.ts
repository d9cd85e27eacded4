import { expect, test } from 'vitest';
import { loginUrl, type Login } from './login-url.ts';

const login: Login = {
  user: 'neondb_owner',
  password: 'p@ss/word',
  host: 'ep-cool-sea.eu-central-1.aws.neon.tech',
  database: 'neondb',
};

test('a login is a URL over TLS, whatever the letters of its password', () => {
  const url = new URL(loginUrl(login));

  expect(decodeURIComponent(url.password)).toBe('p@ss/word');
  expect([url.username, url.host, url.pathname, url.search]).toEqual([
    'neondb_owner',
    'ep-cool-sea.eu-central-1.aws.neon.tech',
    '/neondb',
    '?sslmode=require',
  ]);
});

// The provider of Neon has an empty text for what it was refused: a deployment must end there, before anything is migrated.
test.each(['user', 'password', 'host', 'database'] as const)(
  'without a %s the deployment fails and says where to look',
  (part) => {
    expect(() => loginUrl({ ...login, [part]: '' })).toThrow(/^Neon gives no .*NEON_PROJECT_ID/);
  },
);

test('what is missing never shows the password', () => {
  expect(() => loginUrl({ ...login, host: '' })).toThrow(/^(?!.*p@ss)/);
});
