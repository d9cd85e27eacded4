import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { badge } from './badge.ts';

test('a badge says its state to eyes and to screen readers, and loads nothing', () => {
  const svg = badge({ label: 'API', status: 'healthy' });

  expect(svg).toContain('<title>API: up</title>');
  expect(svg).toContain('role="img" aria-label="API: up"');
  expect(svg.match(/https?:\/\/[^"]+/g)).toEqual(['http://www.w3.org/2000/svg']);
  expect(svg).not.toMatch(/href|<script|<style|<image|url\(/);
});

test.each([
  [100, '100 %'],
  [99.999999, '99.99 %'],
  [99.99, '99.99 %'],
  [0, '0.00 %'],
  [null, 'unknown'],
])('an uptime of %s is %s: only what was never down is 100', (uptime, text) => {
  expect(badge({ label: 'API', status: 'healthy', uptime })).toContain(
    `<title>API: ${text}</title>`,
  );
});

test('any label is text and nothing else, and short', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 90 }), (label) => {
      const svg = badge({ label, status: 'down' });
      const texts = svg.replaceAll(/<\/?(svg|title|rect|g|text)( [\w:-]+="[^"<>]*")*\/?>/g, '');
      expect(texts).not.toMatch(/[<>"]|&(?!(amp|lt|gt|quot|#39);)/);
      expect(svg.isWellFormed()).toBe(true);
      expect(svg.length).toBeLessThan(2_000);
    }),
    { numRuns: 200 },
  );
});
