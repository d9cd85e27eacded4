import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { createSchema } from 'zod-openapi';
import { askedMoment, ids, page } from './fields.ts';

const { limit } = page(['newest']);

describe('a limit', () => {
  test.each([
    ['1', 1],
    ['500', 500],
    ['007', 7],
    [undefined, 50],
  ])('%j is %i', (given, expected) => {
    expect(limit.parse(given)).toBe(expected);
  });

  test.each([
    '0',
    '501',
    '-1',
    '+5',
    '5.0',
    '1e2',
    '0x10',
    '0b1',
    ' 5',
    '5 ',
    '５',
    '',
    'x',
    '9'.repeat(400),
  ])('is not %j', (given) => {
    expect(limit.safeParse(given).success).toBe(false);
  });

  test('is documented as a whole number that may be left out', () => {
    const { schema } = createSchema(z.object({ limit }), { io: 'input' });

    expect(schema).toMatchObject({
      properties: { limit: { type: 'integer', minimum: 1, maximum: 500, default: 50 } },
    });
    expect(schema).not.toHaveProperty('required');
  });
});

describe('a moment', () => {
  test.each([
    '2000-01-01',
    '2999-12-31',
    '2025-03-01T00:00:00Z',
    '2025-03-15T15:15:15.000001Z',
    '2025-03-01T00:00:00+14:00',
    '2025-03-01T00:00:00-14:00',
    '2025-03-01T00:00:00-03:30',
  ])('is %s', (text) => {
    expect(askedMoment.safeParse(text).success).toBe(true);
  });

  test.each([
    '1999-12-31',
    '3000-01-01',
    '2025-02-30',
    '2025-03-01T00:00:00',
    '2025-03-01T00:00:00+14:01',
    '2025-03-01T00:00:00-15:00',
    '2025-03-01T00:00:00+19:59',
    '2025-03-01T00:00:00+23:00',
    '1999-12-31T23:59:59Z',
    '3000-01-01T00:00:00Z',
    '20250301T000000Z',
    'now',
    '',
  ])('is not %j', (text) => {
    expect(askedMoment.safeParse(text).success).toBe(false);
  });
});

test('a comma in a list parts ids, and the parameter says how one that holds a comma is reached', () => {
  const campaigns = ids('campaigns');

  expect(campaigns.parse('a,b')).toEqual(['a', 'b']);
  expect(campaigns.meta()?.description).toMatch(/holds a comma.*own path/);
});
