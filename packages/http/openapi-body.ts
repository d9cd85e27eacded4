import type { ZodOpenApiRequestBodyObject } from 'zod-openapi';
import type { Endpoint, Shape } from './contract.ts';
import { slugOf } from './openapi-parameters.ts';

/** The body of an operation in the document, with those of the examples of the contract. */
export const requestBodyOf = (
  body: Shape,
  examples: Endpoint['examples'],
): ZodOpenApiRequestBodyObject => ({
  required: true,
  content: {
    'application/json': {
      schema: body,
      examples: Object.fromEntries(
        examples.flatMap(({ title, body: value }) =>
          value === undefined ? [] : [[slugOf(title), { summary: title, value }]],
        ),
      ),
    },
  },
});
