import * as z from 'zod';
import type { Entry } from '@rookery/telemetry/plan/entry';

// As JSON schema tells it, of which the plan uses these.
const told = z.looseObject({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.looseObject({ format: z.string().optional() })).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const schema = z.looseObject({
  properties: z.record(z.string(), told),
  required: z.array(z.string()).optional(),
});

const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });
const range = (least: number | undefined, most: number | undefined): string =>
  most === undefined ? '' : `, ${figures.format(least ?? 0)} to ${figures.format(most)}`;

const worded = (property: z.output<typeof told>): string => {
  const { type, format, anyOf, enum: words } = property;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (anyOf !== undefined) return anyOf.flatMap(({ format }) => format ?? []).join(' or ');
  if (type === 'string')
    return `${format ?? 'text'}${range(property.minLength ?? (format === undefined ? 0 : 1), property.maxLength)}`;
  return `${type ?? 'anything'}${range(property.minimum, property.maximum)}`;
};

/** The properties of an event for a table: name, what it is, whether it must be there, whether it is about a person. */
export const propertyRows = (entry: Entry): string[][] => {
  const pii: readonly string[] = entry.pii;
  const { properties, required = [] } = schema.parse(z.toJSONSchema(entry.properties));
  return Object.entries(properties).map(([name, property]) => [
    `\`${name}\``,
    worded(property),
    required.includes(name) ? 'yes' : '',
    pii.includes(name) ? 'yes' : '',
  ]);
};
