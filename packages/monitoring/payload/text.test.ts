import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCard, withoutSecrets } from './text.ts';

const secretTexts: readonly (readonly [text: string, clean: string])[] = [
  ['mail to jane.o’neil+x@sub.example.co.uk.', 'mail to [redacted].'],
  ['bounce+jane=lead.example@out.example bounced', '[redacted] bounced'],
  ['from "Jane Doe"@example.com', 'from [redacted]'],
  ['müller@bücher.example and a%40b.example', '[redacted] and [redacted]'],
  ['connect 10.0.0.1:5432 failed at 1.2.3.4.', 'connect [redacted]:5432 failed at [redacted].'],
  ['[IPv6:2001:db8::1] ::1, fe80::1%eth0', '[IPv6:[redacted]] [redacted], [redacted]%eth0'],
  ['http://10.1.2.3/a and /hosts/10.1.2.4', 'http://[redacted]/a and /hosts/[redacted]'],
  ['::ffff:192.168.1.9 said no.', '[redacted] said no.'],
  ['Authorization: Bearer abc.def-123', 'Authorization: [redacted]'],
  ['sent Bearer abcdef123456', 'sent Bearer [redacted]'],
  ['Basic dXNlcjpwYXNz refused', 'Basic [redacted] refused'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end', 'jwt [redacted] end'],
  ['key AKIAIOSFODNN7EXAMPLE', 'key [redacted]'],
  ['stripe sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'stripe [redacted]'],
  ['card 4111 1111 1111 1111, order 1234', 'card [redacted], order 1234'],
  ['12 4111-1111-1111-1111 34', '12 [redacted] 34'],
  ['5500005555555559', '[redacted]'],
  ['postgres://app:p@ss:word@db.internal/x', 'postgres://[redacted]@db.internal/x'],
  [
    'GET https://x.example/a?token=1&name=Jane%20D#s',
    'GET https://x.example/a?token=[redacted]&name=[redacted]#s',
  ],
  ['{"password":"hunter \\"2","n":1}', '{"password":"[redacted]","n":1}'],
  ['{\\"api_key\\": \\"abc\\"}', '{\\"api_key\\": \\"[redacted]\\"}'],
  ["set password = 'a b c' now", "set password = '[redacted]' now"],
  ['-----BEGIN RSA PRIVATE KEY-----\nMII-x\n-----END RSA PRIVATE KEY-----\nend', '[redacted]\nend'],
  ['Cookie: a=b; session=abcdef\nHost: x', 'Cookie: [redacted]\nHost: x'],
  ['Set-Cookie: sid=1; Path=/\\nHost: x', 'Set-Cookie: [redacted]\\nHost: x'],
  ['{"cookie":"a=b; c=d","n":1}', '{"cookie":"[redacted]","n":1}'],
  ['Authorization: Digest username="jane", uri="/a"\r\nB: 1', 'Authorization: [redacted]\r\nB: 1'],
  ['sent Digest username="jane", realm="r"', 'sent Digest [redacted]'],
  ['DB_PASS=hunter2 pwd=hunter2;x=1', 'DB_PASS=[redacted] pwd=[redacted];x=1'],
  ['{"pw":"hunter2","otp": 123456,"n":1}', '{"pw":"[redacted]","otp": [redacted],"n":1}'],
  ['user[password]=hunter2 n=1', 'user[password]=[redacted] n=1'],
  ['firstName: Jane, card_number=41', 'firstName: [redacted], card_number=[redacted]'],
  [
    'with rk_dGVuYW50.0123456789abcdef_Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYg end',
    'with [redacted] end',
  ],
  ['nul \0 and half \uD800 pair', 'nul \uFFFD and half \uFFFD pair'],
];

const harmless = [
  'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/120.0.6099.109 Safari/537.36 Edg/120.0.2210.91',
  'std::vector at 12:30:45, version 1.2.3',
  'basic authentication failed for token',
  'took 1700000000000 ns, order 4111 1111 1111 1112',
  'className:Foo a @ b @c.example ratio 3:4',
  'https://x.example/path/to/thing',
  'compass: north, author=jane, passing: 3, digest of rk_name.value',
];

// Built so that patterns which try every start, or every end, take n² steps.
const bombs = [
  'a', 'a.', '@', 'a@', 'a@a.', '://', '://a:', '%40', 'eyJ', 'eyJa.', '1', '1 ', '1.', '1-', ':', 'a:', 'f:', '?', '?a', '&a=',
  'password', 'password=', '"password":"', '\\"', 'Bearer ', 'Basic a', '-----BEGIN PRIVATE KEY-----', '-', '_', 'SG.', 'xoxb-',
  '"', "'", '=', ' ', 'é', '+', '%', '4111 ',
  'pw', 'pw=', 'pw="', 'a-', 'cookie:', 'Cookie: a;', 'authorization=', 'cookie: \n', 'cookie:\\n', 'Digest ', 'Digest a', 'Digest a=\n',
  'rk_', 'rk_a.', 'rk_-', ']', 'a]:', "pw='",
]; // prettier-ignore

const took = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
};

test.each(secretTexts)('%j loses what is secret or personal', (text, clean) => {
  expect(withoutSecrets(text)).toBe(clean);
});

test.each(harmless)('%j stays as it is', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('a card is told by its issuer, its length and its check digit', () => {
  expect(['378282246310005', '30569309025904', '6011111111111117'].every(isCard)).toBe(true);
  expect(['4111111111111112', '1234567890123452', '411111111111'].some(isCard)).toBe(false);
});

test('redacting twice is redacting once, whatever stands beside what', () => {
  const piece = fc.oneof(
    fc.constantFrom(...secretTexts.map(([text]) => text), ...harmless, ...bombs),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.emailAddress(),
    fc.ipV4(),
    fc.ipV6(),
  );
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (given) => {
      const once = withoutSecrets(given);
      expect(withoutSecrets(once)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

test('a thousand addresses of each kind, in sentences of any words, are all gone', () => {
  const word = fc.stringMatching(/^[ (<,;]{1,3}[a-z]{0,8}[ (<,;]$/);
  const personal = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter((address) => address !== '::'),
    fc.emailAddress({ size: 'small' }).filter((address) => !address.includes('/')),
  );
  fc.assert(
    fc.property(word, personal, word, (before, address, after) => {
      expect(withoutSecrets(before + address + after)).not.toContain(
        address.includes('@') ? address.split('@').at(-1) : address,
      );
    }),
    { numRuns: 3_000 },
  );
});

test.each(bombs)('a text of %j only takes time in proportion to its length', (bomb) => {
  const of = (length: number) => bomb.repeat(Math.ceil(length / bomb.length));
  const small = of(16_384);
  const large = of(131_072);
  withoutSecrets(small);
  const times = [1, 2, 3].map(() => took(() => withoutSecrets(small)));

  // Eight times the text: 8 × the work when linear, 64 × when quadratic, of which 100 ms are chance.
  const limit = Math.max(...times) * 24 + 100_000;
  expect(took(() => withoutSecrets(large))).toBeLessThan(limit);
});
