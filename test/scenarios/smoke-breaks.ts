// oxlint-disable typescript/no-unsafe-type-assertion -- JSON of our own API
import type { Coming, Going, Sabotage } from './smoke-saboteur.ts';

/** One thing that is broken, and what sees it. */
export type Row = {
  readonly title: string;
  /** Only seen with --write. */
  readonly isWriting?: true;
  /** Less than usual where it is waited for in vain. */
  readonly patienceMs?: number;
  /** The checks that fail by it, and no others. */
  readonly fails: readonly string[];
  readonly sabotage: Sabotage;
};

/** Requests for one of some paths. */
export const at =
  (...paths: readonly string[]) =>
  ({ path }: Going): boolean =>
    paths.includes(path.split('?')[0] ?? '');

/** Every request. */
export const all = (): boolean => true;
/** What a browser asks first. */
export const preflight = ({ method }: Going): boolean => method === 'OPTIONS';
/** Requests with a token. */
export const signed = ({ headers }: Going): boolean => headers['authorization'] !== undefined;
/** Requests for which all of it is true. */
export const both =
  (...each: readonly Sabotage['on'][]): Sabotage['on'] =>
  (going) =>
    each.every((on) => on(going));

/** A request or an answer without some headers. */
export const less =
  (...names: readonly string[]) =>
  <T extends Pick<Going, 'headers'>>(one: T): T => ({
    ...one,
    headers: Object.fromEntries(
      Object.entries(one.headers).filter(([name]) => !names.includes(name)),
    ),
  });

/** What goes on without some headers. */
export const without =
  (...names: readonly string[]): NonNullable<Sabotage['going']> =>
  (going) =>
    less(...names)(going).headers;

/** An answer whose JSON is changed. */
export const json =
  (change: (body: never) => object) =>
  (coming: Coming): Coming => ({
    ...coming,
    body: JSON.stringify(change(JSON.parse(coming.body) as never)),
  });

/** Another answer. */
export const answered = (status: number, type: string, body: string) => (): Coming => ({
  status,
  headers: { 'content-type': type },
  body,
});

/** Another answer, as our functions refuse. */
export const problem = (status: number, code: string) =>
  answered(
    status,
    'application/problem+json',
    JSON.stringify({ type: `http://x/docs/errors/${code}`, title: 'x', status, code }),
  );
/** What a gateway answers for a function that fails. */
export const serverError = answered(500, 'application/json', '{"message":"Internal Server Error"}');
/** What some other server answers. */
export const html = answered(404, 'text/html', '<!doctype html><h1>Not Found</h1>');
/** Requests for the export that is looked at. */
export const exported = at('/v1/exports/campaign-days');
