import * as fc from 'fast-check';
import { plan } from '@rookery/telemetry/plan/plan';

const good = (more: object = {}) => ({
  event: 'email_bounced',
  properties: { ...plan.email_bounced.example },
  ...more,
});

const text = (value: unknown): string => JSON.stringify(value);
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const withProperty = (json: string): string =>
  text(good({ properties: { ...good().properties, campaign_id: '@' } })).replace('"@"', json);
const withField = (field: string, json: string): string =>
  text({ ...good(), [field]: '@' }).replace('"@"', json);

const values = [
  'null',
  'true',
  '17',
  '1e400',
  '-1e400',
  '""',
  '[]',
  '{}',
  '[[["x"]]]',
  '{"__proto__": {"admin": true}}',
  '{"constructor": {"prototype": 1}}',
  '{"toString": 1}',
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udfffx"`,
  text('x'.repeat(2_001)),
  text('x'.repeat(40_000)),
  text('é'.repeat(30_000)),
  nested(6),
  nested(20),
];

/** One without a name; over the bus the name is not in it. */
export const nameless = text({ properties: good().properties });

/** Events that no plan takes, as the JSON that a sender writes by hand; each tells another by its place. */
export const handMade = (): string[] => [
  ...values.map(withProperty),
  ...['event', 'properties', 'id', 'actor', 'version', 'time', 'tenant_id'].flatMap((field) =>
    values
      // Nobody did it: in order.
      .filter((json) => !(field === 'actor' && json === 'null'))
      .filter((json) => !(field === 'id' && json.length > 60_000))
      .map((json) => withField(field, json)),
  ),
  ...['__proto__', 'constructor', 'hasOwnProperty', 'email_', 'email_Opened', 'EMAIL_OPENED'].map(
    (event) => text(good({ event })),
  ),
  ...['finch', 'platform', 'heron ', 'HERON'].map((tenant_id) => text(good({ tenant_id }))),
  ...['2026-02-30T00:00:00Z', '2026-11-20', '2026-11-20T12:00:00', '+275760-09-13T00:00:00Z'].map(
    (time) => text(good({ time })),
  ),
  ...['2026-10-20T12:00:00Z', '2027-01-01T00:00:00Z', '0001-01-01T00:00:00Z'].map((time) =>
    text(good({ time })),
  ),
  text({ ...good(), more: 1 }),
  nameless,
  text({ event: 'email_bounced' }),
  text({ event: 'email_bounced', properties: { ...good().properties, html: '<p>' } }),
  text({ event: 'email_bounced', properties: { ...good().properties, bounce_type: 'odd' } }),
  `{"__proto__": ${text(good())}}`,
  text([good()]),
  'null',
  'true',
  '-0',
  '1e400',
  '"email_bounced"',
];

/** More of them, out of chance with a fixed seed: any JSON, and events in order in which one thing was put wrong. */
export const byChance = (count: number): string[] => {
  const any = fc.jsonValue({ maxDepth: 4 });
  const wrong = fc
    .tuple(
      fc.constantFrom('email_id', 'campaign_id', 'bounce_type', 'diagnostic', 'more'),
      fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.string()), fc.dictionary(fc.string(), any)),
    )
    .map(([name, value]) => good({ properties: { ...good().properties, [name]: value } }));
  const strange = fc
    .tuple(fc.string({ unit: 'binary', minLength: 1 }), any)
    .map(([name, value]) => ({ ...good(), [`x${name}`]: value }));
  return fc.sample(fc.oneof(any, wrong, strange), { numRuns: count, seed: 500 }).map(text);
};
