import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { invalidFields } from '@rookery/http/problem';
import { Failure } from '@rookery/kernel/failure';

/** The most a body may have, in bytes as they were sent: 1 MiB. */
const mostBodyBytes = 1_048_576;

const mostDepth = 32;
const json = /^application\/json *(;.*)?$/i;

const malformed = (message: string): Failure =>
  invalidFields('request-malformed', `the body is malformed: body ${message}`, [
    { path: 'body', message },
  ]);

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

// Serialising recurses, and what nests without end would end our stack. Not by recursion, for the same reason.
const isDeep = (value: unknown): boolean => {
  let level = [value].filter(isNested);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > mostDepth) return true;
    level = level.flatMap((each) => Object.values(each).filter(isNested));
  }
  return false;
};

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('is not UTF-8');
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('is not JSON');
  }
};

/**
 * The JSON of a request's body. Fails with `media-type-unsupported` for another content type, with `body-too-large` beyond
 * 1 MiB, and with `request-malformed` for what is no JSON in UTF-8, or nests deeper than 32 levels.
 */
export const jsonBodyOf = ({
  headers,
  body = '',
  isBase64Encoded,
}: Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>): unknown => {
  if (!json.test(headers['content-type'] ?? ''))
    throw new Failure(
      'invalid',
      'media-type-unsupported',
      'send the body as JSON, with the header "Content-Type: application/json"',
    );
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > mostBodyBytes)
    throw new Failure(
      'invalid',
      'body-too-large',
      `the body has ${bytes.length} bytes and ${mostBodyBytes} are the most; send it in parts`,
    );
  if (bytes.length === 0) throw malformed('is missing');
  const value = parse(decode(bytes));
  if (isDeep(value)) throw malformed(`nests deeper than ${mostDepth} levels`);
  return value;
};
