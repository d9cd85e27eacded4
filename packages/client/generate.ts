import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

const head = `// Generated from the contract table by \`npm run docs\`: change packages/http/endpoints, not this file.
/* oxlint-disable */

`;

/** The text of schema.ts: the types of an OpenAPI document, as openapi-fetch reads them. */
export const schemaText = async (document: OpenAPI3): Promise<string> =>
  head + astToString(await openapiTS(document, { alphabetize: false, silent: true }));
