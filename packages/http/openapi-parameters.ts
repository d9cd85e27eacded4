import type { createDocument } from 'zod-openapi';
import type { Example } from './contract.ts';

type Document = ReturnType<typeof createDocument>;
type Operation = NonNullable<NonNullable<NonNullable<Document['paths']>[string]>['get']>;
type Parameters = NonNullable<Operation['parameters']>;

/** The key of an example in the document, made of its title. */
export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const whose = (name: string): string =>
  `Identifier of the ${name.replace(/_id$/, '').replaceAll('_', ' ')}, as in the OLTP database.`;

const numeric = new Set<unknown>(['integer', 'number']);

/**
 * Completes the parameters of an operation: what the examples of the contract give each of them, under one key an
 * example, and a sentence for identifiers of the path that have none.
 */
export const complete = (parameters: Parameters, examples: readonly Example[]): void => {
  for (const parameter of parameters) {
    if (!('name' in parameter)) continue;
    const { name, schema } = parameter;
    if (parameter.in === 'path') parameter.description ??= whose(name);
    const isNumber = typeof schema === 'object' && 'type' in schema && numeric.has(schema.type);
    // It says the same as the parameter.
    if (typeof schema === 'object' && 'description' in schema) delete schema.description;
    const given = examples.flatMap(({ title, params, query }) => {
      const value = (parameter.in === 'path' ? params : query)?.[name];
      if (value === undefined) return [];
      return [
        [slugOf(title), { summary: title, value: isNumber ? Number(value) : value }] as const,
      ];
    });
    if (given.length > 0) parameter.examples = Object.fromEntries(given);
  }
};
