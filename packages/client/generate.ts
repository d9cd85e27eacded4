import openapiTS, { astToString } from 'openapi-typescript';

const head = `// Generated from the contract table by \`npm run docs\`: change packages/http/endpoints, not this file.
/* oxlint-disable */

`;

/** The text of schema.ts: the types of an OpenAPI document, given as JSON, in the form that openapi-fetch reads. */
export const schemaText = async (document: string): Promise<string> =>
  head + astToString(await openapiTS(document, { silent: true }));
