import type { ServerResponse } from 'node:http';
import * as z from 'zod';

const header = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const head = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), header).nullish(),
  cookies: z.array(z.string()).nullish(),
});
const structured = z.object({
  ...head.shape,
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Status, headers and cookies of an answer. */
export type Head = z.output<typeof head>;

/** A whole answer as a function returns it. */
export type Structured = z.output<typeof structured>;

/** A function's result as an answer; one without a status is the body of a 200, undefined one that cannot be read. */
export const readResult = (result: unknown): Structured | undefined => {
  if (typeof result === 'object' && result !== null && 'statusCode' in result)
    return structured.safeParse(result).data;
  const body = JSON.stringify(result);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: body ?? '' };
};

/** The JSON prelude of a stream as the head of an answer, undefined when it cannot be read. */
export const readPrelude = (text: string): Head | undefined => {
  try {
    return head.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Sets status, headers and cookies of an answer; the gateway's own headers win, and `vary` says both of theirs. */
export const setHead = (
  response: ServerResponse,
  { statusCode, headers, cookies }: Head,
  gateway: Readonly<Record<string, string>>,
): void => {
  response.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  const vary = response.getHeader('vary');
  for (const [name, value] of Object.entries(gateway)) response.setHeader(name, value);
  if (typeof vary === 'string' && gateway['vary'] !== undefined)
    response.setHeader('vary', `${vary}, ${gateway['vary']}`);
  if (cookies && cookies.length > 0) response.setHeader('set-cookie', cookies);
};
