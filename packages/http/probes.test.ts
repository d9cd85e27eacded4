import { expect, test } from 'vitest';
import { pathFault } from './probe-fields.ts';
import { isInternal, probe } from './probes.ts';

const faults = (spec: object): string[] => {
  const { error } = probe.safeParse(spec);
  return error === undefined ? [] : error.issues.map(({ message }) => message);
};

test('every kind is read, with its defaults', () => {
  const domain = 'example.com';
  const specs = [
    { kind: 'http', url: 'https://example.com/' },
    { kind: 'tcp', host: '192.0.2.1', port: 22 },
    { kind: 'dns', name: domain, type: 'MX' },
    { kind: 'postgres', host: domain },
    { kind: 'postgres', database: 'warehouse' },
    { kind: 'sqs', queue: 'ingest', max_depth: 0 },
    { kind: 'smtp', host: domain },
    { kind: 'imap', host: domain },
    { kind: 'spf', domain },
    { kind: 'dkim', domain, selector: 's1' },
    { kind: 'dmarc', domain },
    { kind: 'heartbeat', period_seconds: 60 },
  ];

  expect(specs.map((spec) => faults(spec))).toEqual(specs.map(() => []));
  expect(specs.map((spec) => isInternal(probe.parse(spec))).filter(Boolean)).toHaveLength(2);
  expect(probe.parse(specs[6])).toMatchObject({ port: 587, security: 'starttls' });
});

test('a header that may carry a secret, or frames the message, is refused by any spelling', () => {
  const names = ['Authorization', 'COOKIE', 'x-api-key', 'X-Auth-Token', 'Proxy-Authorization'];
  const framing = ['Host', 'Content-Length', 'transfer-encoding', 'X-Session', 'x-amz-signature'];
  for (const name of [...names, ...framing])
    expect(faults({ kind: 'http', url: 'https://a.b/', headers: { [name]: 'x' } })).toHaveLength(1);

  const harmless = { Accept: 'application/json', 'X-Request-Id': '1', 'user-agent': 'us' };
  expect(faults({ kind: 'http', url: 'https://a.b/', headers: harmless })).toEqual([]);
});

test('a spec that says too much or too little is refused with what to do', () => {
  const url = 'https://a.b/';
  const wrong = [
    { kind: 'http', url: 'ftp://a.b/' },
    { kind: 'http', url: 'https://user:word@a.b/' },
    { kind: 'http', url: '/health' },
    { kind: 'http', url, bodyy: 1 },
    { kind: 'http', url, method: 'HEAD', contains: ['x'] },
    { kind: 'http', url, status: [{ from: 300, to: 200 }] },
    { kind: 'http', url, certificate: { warn_days: 2, fail_days: 3 } },
    { kind: 'http', url, headers: { 'x-line': 'a\r\nb' } },
    { kind: 'tcp', host: 'https://a.b', port: 1 },
    { kind: 'tcp', host: 'a.b', port: 65_536 },
    { kind: 'tcp', host: 'a.b', port: 1, certificate: {} },
    { kind: 'postgres' },
    { kind: 'postgres', host: 'a.b', database: 'source' },
    { kind: 'dns', name: 'a.b', type: 'ANY' },
    { kind: 'dns', name: 'a.b', type: 'A', resolver: 'one.one' },
    { kind: 'dns', name: 'a.b', type: 'A', resolver_port: 53 },
    { kind: 'heartbeat', period_seconds: 59 },
    { kind: 'smtp', host: 'a.b', security: 'none', certificate: {} },
    { kind: 'dkim', domain: 'a.b', selector: '../x' },
  ];
  expect(wrong.filter((spec) => faults(spec).length !== 1)).toEqual([]);
});

test('a JSONPath that could multiply or run for ever is refused, whatever its names hold', () => {
  const good = ['$', '$.a[0]', "$['a,b?..$']", '$..a', '$.a[?@.b == "x"].c', '$[*][*]', '$[1:2]'];
  const bad = [
    '.a',
    '$..a..b',
    '$[?@.a[?@.b]]',
    '$[*,*]',
    '$[?match(@.a, "(a+)+")]',
    '$[?search (@, "x")]',
    '$[?@.a == $.b]',
    "$['a",
  ];

  expect(good.map(pathFault)).toEqual(good.map(() => null));
  expect(bad.filter((path) => pathFault(path) === null)).toEqual([]);
});
