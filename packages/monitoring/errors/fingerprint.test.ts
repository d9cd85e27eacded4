import { describe, expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

const of = (message: string, ...frames: string[]): string =>
  fingerprintOf({
    error_type: 'TypeError',
    message,
    stack_trace: frames.length === 0 ? undefined : [`TypeError: ${message}`, ...frames].join('\n'),
  });

type Pair = readonly [what: string, left: string, right: string];

const message = (what: string, left: string, right: string): Pair => [what, of(left), of(right)];
const frame = (what: string, left: string, right: string): Pair => [
  what,
  of('x', left),
  of('x', right),
];
const py = (...frames: string[]) =>
  [
    'Traceback (most recent call last):',
    ...frames.flatMap((f) => [`  File ${f}`, '    code()']),
  ].join('\n');

const same: readonly Pair[] = [
  message('a number', 'timeout of 5000ms exceeded', 'timeout of 12.5ms exceeded'),
  message('a number within a word', 'no row inv_10023', 'no row inv_7'),
  message('a sign', 'balance is -3', 'balance is 41'),
  message('a UUID', 'no job 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'no job 9b2f7c1e-aaaa-4bbb-8ccc-0123456789ab'),
  message('a ULID', 'no cmp_01HZX3K9QW7V4M2N8P5R6S0T1V', 'no cmp_01J0ABCDEF7V4M2N8P5R6S0TXY'),
  message('a name with an apostrophe', "no list 'O'Brien's'", "no list 'Smith'"),
  message('quotes of another kind', 'no column "opened"', 'no column "clicked_at"'),
  message('text beside a contraction', "Can't read 'map' of undefined", "Can't read 'length' of undefined"),
  message('an e-mail', "bounced: jane.o'neil@acme.example", 'bounced: bob@lead.example'),
  message('a quoted e-mail', "unknown user 'jane@acme.example'", "unknown user 'bob'"),
  message('a URL', 'GET https://a.example/x?y=1 failed', 'GET http://10.0.0.1:8080/z failed'),
  message('an IPv4 address', 'ECONNREFUSED 10.0.3.17:5432', 'ECONNREFUSED 127.0.0.1:6543'),
  message('an IPv6 address', 'ETIMEDOUT 2001:db8::ff00:42:8329', 'ETIMEDOUT fe80::1'),
  message('an instant', 'late since 2026-11-21T10:00:00Z', 'late since 2025-01-01 23:59:59.123+02:00'),
  message('a hash', 'commit 9fceb02d0ae598e95dc970b74767f19372d61af8', 'commit deadbee1'),
  message('the length of a list', 'missing: 1, 2, 3', 'missing: 4'),
  message('a key of Postgres', 'Key (name)=(Spring) exists', 'Key (name)=(Jane and Joe) exists'),
  message('blanks and breaks of lines', 'a  b\r\n  c', 'a b\nc'),
  frame('the line of V8', '    at load (/srv/app/src/leads.ts:10:15)', '    at load (/srv/app/src/leads.ts:99:1)'),
  frame('where V8 has it', '    at load (/home/jane/src/leads.ts:1:1)', '    at load (file:///var/task/src/leads.ts:1:1)'),
  frame('Windows', '    at load (C:\\Users\\jane\\src\\leads.ts:1:1)', '    at load (/srv/src/leads.ts:1:1)'),
  frame('the host and port', '    at f (http://localhost:5173/src/a.ts?t=17:1:1)', '    at f (https://app.example/src/a.ts:9:9)'),
  frame('the hash of Vite', 'f@https://a.example/assets/index-DiwrgTda.js:1:99', 'f@https://a.example/assets/index-B4x_k-9Q.js:1:98'),
  frame('the hash of esbuild', '    at f (https://a.example/chunk-QWERTYUI.js:1:1)', '    at f (https://a.example/chunk-A2345678.js:1:1)'),
  frame('the hash of webpack', '    at f (/main.a1b2c3d4e5f6a7b8c9d0.chunk.js:1:1)', '    at f (/main.ffb2c3d4e5f6a7b8c900.chunk.js:2:1)'),
  frame('a release', '    at f (/opt/releases/20261121101500/main.js:1:1)', '    at f (/opt/releases/20261120093000/main.js:1:1)'),
  frame('async or not', '    at async load (/src/a.ts:1:1)', '    at load (/src/a.ts:1:1)'),
  frame('what it was called as', '    at Object.load [as onClick] (/src/a.ts:1:1)', '    at Object.load [as onTap] (/src/a.ts:1:1)'),
  frame('the lines of eval in V8', '    at eval (eval at compile (/src/a.ts:5:20), <anonymous>:3:12)', '    at eval (eval at compile (/src/a.ts:8:1), <anonymous>:9:1)'),
  frame('the lines of eval in Firefox', 'f@https://a.example/src/a.js line 5 > eval:1:1', 'f@https://a.example/src/a.js line 9 > eval:2:2'),
  frame('the line of Safari without a name', 'https://a.example/src/a.js:1:1', 'https://a.example/src/a.js:2:2'),
  frame('the line of Python', py('"/app/send.py", line 10, in send'), py('"/app/send.py", line 77, in send')),
  ['frames of others, V8', of('x', '    at f (/src/a.ts:1:1)'), of('x', '    at g (/node_modules/pg/x.js:1:1)', '    at h (node:net:1:1)', '    at f (/src/a.ts:1:1)')],
  ['frames of others, Windows', of('x', '    at f (/src/a.ts:1:1)'), of('x', '    at g (C:\\x\\node_modules\\pg\\x.js:1:1)', '    at f (/src/a.ts:1:1)')],
  ['frames of others, Safari', of('x', 'f@https://a.example/src/a.js:1:1'), of('x', 'map@[native code]', 'f@https://a.example/src/a.js:1:1')],
  ['frames of an extension', of('x', 'f@https://a.example/src/a.js:1:1'), of('x', 'g@moz-extension://0b/x.js:1:1', 'f@https://a.example/src/a.js:1:1')],
  ['frames of others, Python', of('x', py('"/app/a.py", line 1, in f')), of('x', py('"/app/a.py", line 1, in f', '"/usr/lib/python3.12/json/decoder.py", line 3, in decode'))],
  ['the fourth frame', of('x', ...['a', 'b', 'c', 'd'].map((n) => `    at ${n} (/src/a.ts:1:1)`)), of('x', ...['a', 'b', 'c', 'e'].map((n) => `    at ${n} (/src/a.ts:1:1)`))],
]; // prettier-ignore

const different: readonly Pair[] = [
  message('the words', 'connection refused', 'connection reset'),
  message('the words around a quotation', "no list 'a'", "no step 'a'"),
  message('a contraction', "can't send", 'can send'),
  message('lines', 'a b', 'a\nb'),
  message('the code of an error', 'read ECONNRESET', 'read ETIMEDOUT'),
  frame('the function', '    at load (/src/a.ts:1:1)', '    at save (/src/a.ts:1:1)'),
  frame('the file', '    at load (/src/leads.ts:1:1)', '    at load (/src/steps.ts:1:1)'),
  frame('the folder', '    at get (/src/leads/read.ts:1:1)', '    at get (/src/steps/read.ts:1:1)'),
  frame('a name that is no hash', '    at f (/src/lead-overview.ts:1:1)', '    at f (/src/lead-settings.ts:1:1)'),
  frame('a stack or none', '    at f (/src/a.ts:1:1)', ''),
  frame('the function in Firefox', 'f@https://a.example/src/a.js:1:1', 'g@https://a.example/src/a.js:1:1'),
  frame('the innermost frame of Python', py('"/app/a.py", line 1, in f', '"/app/b.py", line 1, in g'), py('"/app/b.py", line 1, in g', '"/app/a.py", line 1, in f')),
  frame('what an eval was in', '    at eval (eval at compile (/src/a.ts:5:20), <anonymous>:3:12)', '    at eval (eval at compile (/src/b.ts:5:20), <anonymous>:3:12)'),
  ['the third frame', of('x', ...['a', 'b', 'c'].map((n) => `    at ${n} (/src/a.ts:1:1)`)), of('x', ...['a', 'b', 'd'].map((n) => `    at ${n} (/src/a.ts:1:1)`))],
  ['the order of frames', of('x', '    at f (/src/a.ts:1:1)', '    at g (/src/a.ts:1:1)'), of('x', '    at g (/src/a.ts:1:1)', '    at f (/src/a.ts:1:1)')],
  ['the type', of('x'), fingerprintOf({ error_type: 'RangeError', message: 'x' })],
]; // prettier-ignore

describe('errors are equal that differ in', () => {
  test.each(same)('%s', (_, left, right) => {
    expect(left).toBe(right);
    expect(left).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('errors differ by', () => {
  test.each(different)('%s', (_, left, right) => {
    expect(left).not.toBe(right);
  });
});

test('with a fingerprint of its own an error is known by that and its type alone', () => {
  const error = { error_type: 'TypeError', message: 'a', fingerprint: 'pay' };
  const equal = { ...error, message: 'b', stack_trace: '    at f (/src/a.ts:1:1)' };

  expect(fingerprintOf(equal)).toBe(fingerprintOf(error));
  expect(fingerprintOf({ ...error, fingerprint: 'pay 2' })).not.toBe(fingerprintOf(error));
  expect(fingerprintOf({ ...error, error_type: 'RangeError' })).not.toBe(fingerprintOf(error));
  expect(fingerprintOf({ ...error, fingerprint: undefined })).not.toBe(fingerprintOf(error));
});
