import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { root } from './command.ts';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, fieldOf, jsonOf, typeOf, type Stage } from './smoke-stage.ts';
import { textOf } from './text-file.ts';

const operationsIn = (document: unknown): string[] =>
  Object.entries(Object(fieldOf(document, 'paths'))).flatMap(([path, item]) =>
    Object.keys(Object(item))
      .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );

// The first places where two documents differ, as paths.
const differences = (a: unknown, b: unknown, at: string): string[] => {
  if (isDeepStrictEqual(a, b)) return [];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [at];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) => differences(fieldOf(a, name), fieldOf(b, name), `${at}/${name}`));
};

const look = async (stage: Stage): Promise<Finding> => {
  const checkout: unknown = JSON.parse(await textOf(join(root, 'packages/http/openapi.json')));
  const wanted = operationsIn(checkout);
  const answer = await ask(stage, '/openapi.json');
  const document = jsonOf(answer);
  const given = operationsIn(document);
  const version = fieldOf(document, 'openapi');
  const isOpenapi = typeof version === 'string' && version.startsWith('3.1.');
  const paths = [
    ...wanted.filter((each) => !given.includes(each)).map((each) => `${each} is not there`),
    ...given
      .filter((each) => !wanted.includes(each))
      .map((each) => `${each} is not of the checkout`),
  ];
  const others = isOpenapi && paths.length === 0 ? differences(checkout, document, '#') : [];
  return judged(
    [
      answer.status !== 200 && `status ${answer.status}`,
      !isOpenapi && `it is ${typeOf(answer)}, no OpenAPI 3.1`,
      ...(isOpenapi ? paths : []),
      ...others.map((place) => `${place} differs`),
    ],
    `OpenAPI 3.1, the ${wanted.length} operations of this checkout`,
    'the deployed code is not this checkout’s: deploy it, or check out what is deployed',
  );
};

/** Whether what is deployed is this checkout. */
export const openapiChecks: readonly SmokeCheck[] = [{ name: 'openapi', look }];
