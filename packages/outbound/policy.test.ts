import { expect, test } from 'vitest';
import { exceptionsOf, targetOf } from './policy.ts';

test('exceptions are pairs between commas, however a host is spelled', () => {
  const text = ' 127.0.0.1:9327,LOCALHOST:2525 , [::1]:80,0x7f.1:443,';
  expect(exceptionsOf(text)).toEqual([
    '127.0.0.1:9327',
    'localhost:2525',
    '::1:80',
    '127.0.0.1:443',
  ]);
  expect([exceptionsOf(undefined), exceptionsOf('')]).toEqual([[], []]);
});

test.each(['localhost', '127.0.0.1:', ':80', 'a b:80', 'http://a.example:80', 'a:99999', '*:80'])(
  '%j is no exception: the configuration is refused',
  (text) => {
    expect(() => exceptionsOf(text)).toThrow('OUTBOUND_ALLOW');
  },
);

test.each([
  'localhost.',
  'localhost..',
  'metadata.google.internal..',
  '.localhost',
  'ⓛocalhost',
  'nas.lan',
  'a..example.com',
  'fe80::1%eth0',
])('%s is no host to go to, before anything is looked up', (host) => {
  expect(() => targetOf(host, 80, { ports: [80], exceptions: [] })).toThrow('public');
});

test('an exception is for its port and its spelling of the host alone', () => {
  const policy = { ports: [80], exceptions: exceptionsOf('127.0.0.1:9327,localhost:2525') };

  expect(targetOf('127.0.0.1', 9_327, policy).isExcepted).toBe(true);
  expect(targetOf('2130706433', 9_327, policy).isExcepted).toBe(true);
  expect(() => targetOf('127.0.0.1', 9_328, policy)).toThrow('port 9328');
  expect(() => targetOf('localhost', 9_327, policy)).toThrow('port 9327');
  expect(() => targetOf('localhost', 80, policy)).toThrow('inner networks');
  expect(targetOf('127.0.0.1', 80, policy).isExcepted).toBe(false);
});
