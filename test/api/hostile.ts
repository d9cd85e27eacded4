import * as fc from 'fast-check';
import * as z from 'zod';
import type { Endpoint } from '@rookery/http/contract';
import {
  encoded,
  badDays,
  oddRanges,
  longRanges,
  badZones,
  badLimits,
  oddAccepts,
  oddTags,
  oddPaths,
  otherMethods,
  badTokens,
  tampered,
} from './hostile-values.ts';
import { callerOf, filledWith, targetOf, withQuery, type Values } from './questions.ts';
import type { Caller } from './stack.ts';
import type { Wire } from './wire.ts';

/** A request that is wrong in one way; `refused` when no server may answer it with 2xx or 3xx. */
export type Hostile = {
  readonly what: string;
  readonly caller: Caller | undefined;
  readonly wish: Wire;
  readonly refused: boolean;
};

/** What a hostile request is made from: requests that are right, and cursors of this and other questions. */
export type Ground = {
  readonly tenantId: string;
  readonly params: readonly Values[];
  readonly cursors: readonly string[];
  /** Questions with the cursor of their second page. */
  readonly pages: readonly { readonly query: Values; readonly cursor: string }[];
};

const has = ({ query }: Endpoint, name: string): boolean => Object.hasOwn(query.shape, name);

// Lists without pages have limits of their own.
const takes = ({ query }: Endpoint, name: string, text: string): boolean =>
  z.safeParse(query.shape[name]!, text).success;

const either = (...texts: string[]) => fc.constantFrom(...texts);

/** Wrong requests of every kind that fits the endpoint, made from its contract alone. */
export const hostileTo = (endpoint: Endpoint, ground: Ground): fc.Arbitrary<Hostile> => {
  const right = callerOf(endpoint, ground.tenantId);
  const base = fc.constantFrom(...ground.params).map((params) => targetOf(endpoint, params));
  const names = Object.keys(endpoint.query.shape);
  const { method: own } = endpoint;
  const refuse =
    (what: string, refused: boolean) =>
    (wish: Wire): Hostile => ({ what, caller: right, wish: { method: own, ...wish }, refused });
  const query = (what: string, refused: boolean, text: fc.Arbitrary<string>) =>
    fc
      .tuple(base, text)
      .map(([target, search]) => refuse(what, refused)({ target: withQuery(target, search) }));
  const header = (name: string, values: readonly string[]) =>
    fc
      .tuple(base, fc.constantFrom(...values))
      .map(([target, value]) => refuse(name, false)({ target, headers: { [name]: value } }));

  const kinds: (fc.Arbitrary<Hostile> | false)[] = [
    query(
      'an unknown parameter',
      true,
      fc
        .tuple(
          either('x', 'FROM', 'limit%5B%5D', 'from%00', 'constructor', 'tenant_id', '%F0%9F%92%A3'),
          encoded,
        )
        .map((pair) => pair.join('=')),
    ),
    query(
      'thousands of unknown parameters',
      true,
      fc.integer({ min: 100, max: 1_500 }).map((n) =>
        Array.from({ length: n }, (_, i) => `x${i}`)
          .join('&')
          .slice(0, 8_000),
      ),
    ),
    names.length > 0 &&
      query(
        'a known parameter with any text',
        false,
        fc
          .array(fc.tuple(fc.constantFrom(...names), encoded), { minLength: 1, maxLength: 3 })
          .map((pairs) =>
            pairs
              .map((pair) => pair.join('='))
              .join('&')
              .slice(0, 8_000),
          ),
      ),
    names.length > 0 &&
      query(
        'a parameter twice',
        false,
        fc
          .tuple(fc.constantFrom(...names), encoded, encoded)
          .map(([name, a, b]) => `${name}=${a}&${name}=${b}`),
      ),
    has(endpoint, 'from') &&
      query(
        'a day that is none',
        true,
        fc
          .tuple(either('from', 'to'), either('2025-02-30', ...badDays))
          .map((pair) => pair.join('=')),
      ),
    has(endpoint, 'from') &&
      query(
        'an empty range',
        true,
        fc.constantFrom(...oddRanges).map(([a, b]) => `from=${a}&to=${b}`),
      ),
    has(endpoint, 'from') &&
      query(
        'a long range',
        false,
        fc.constantFrom(...longRanges).map(([a, b]) => `from=${a}&to=${b}`),
      ),
    has(endpoint, 'tz') &&
      query(
        'a zone that is none',
        true,
        either(...badZones).map((zone) => `tz=${zone}`),
      ),
    has(endpoint, 'limit') &&
      query(
        'a limit that is none',
        true,
        either(...badLimits)
          .filter((limit) => !takes(endpoint, 'limit', decodeURIComponent(limit)))
          .map((limit) => `limit=${limit}`),
      ),
    has(endpoint, 'sort') &&
      query(
        'a sort that is none',
        true,
        either('', '-', '--id', 'id,sent', '1', 'ID', 'tenant_id', '-%00', 'id%20desc').map(
          (sort) => `sort=${sort}`,
        ),
      ),
    has(endpoint, 'cursor') &&
      query(
        'a cursor of another question',
        true,
        fc.oneof(
          fc.constantFrom(...ground.cursors, 'e30').map((cursor) => `cursor=${cursor}`),
          encoded.map((text) => `cursor=${text}`),
          fc
            .array(
              fc.oneof(fc.jsonValue(), fc.constantFrom(1, null, 'x', ['2025-01-01', '2025-01-02'])),
              { maxLength: 5 },
            )
            .map(
              (value) =>
                `cursor=${Buffer.from(JSON.stringify(value)).toString('base64url').slice(0, 8_000)}`,
            ),
        ),
      ),
    ...ground.pages.map(({ query, cursor }) =>
      tampered(cursor).map((other) =>
        refuse(
          'a tampered cursor',
          false,
        )({ target: targetOf(endpoint, ground.params[0], { ...query, cursor: other }) }),
      ),
    ),
    fc
      .tuple(
        base,
        either('{}', 'x', '\0', '{"a":'),
        either('application/json', 'text/plain', 'image/png'),
      )
      .map(([target, body, type]) =>
        refuse('a body', true)({ target, body, headers: { 'content-type': type } }),
      ),
    fc
      .tuple(base, fc.integer({ min: 60_000, max: 400_000 }))
      .map(([target, size]) =>
        refuse(
          'a large body',
          true,
        )({ target, body: size, headers: { 'content-type': 'text/plain' } }),
      ),
    fc
      .tuple(base, fc.constantFrom(...otherMethods.filter((each) => each !== own)), fc.boolean())
      .map(([target, method, withBody]) =>
        refuse(
          'another method',
          true,
        )({
          method,
          target,
          ...(withBody && method !== 'HEAD' && method !== 'TRACE' ? { body: '{}' } : {}),
        }),
      ),
    fc
      .tuple(base, fc.constantFrom(...oddPaths))
      .map(([target, end]) =>
        refuse(
          'another path',
          false,
        )({ target: target.replace(/\?|$/, (rest) => `${end}${rest}`) }),
      ),
    base.map((target) =>
      refuse('a long URL', true)({ target: withQuery(target, `x=${'y'.repeat(8_000)}`) }),
    ),
    header('accept', oddAccepts),
    header('if-none-match', oddTags),
    header('x-request-id', ['', ' ', 'a b', 'ü', 'x'.repeat(4_000), '<b>', '"']),
    header('accept-encoding', [
      '',
      'br;q=0, gzip;q=0',
      'gzip;q=x',
      '*;q=NaN',
      ';',
      'br;q=1e9',
      'zstd',
    ]),
    fc.tuple(base, fc.constantFrom(...badTokens)).map(([target, authorization]) => ({
      what: 'a token that is none',
      caller: undefined,
      wish: { method: own, target, headers: { authorization } },
      refused: true,
    })),
    Object.keys(endpoint.params.shape).length > 0 &&
      fc
        .array(encoded, { minLength: 4, maxLength: 4 })
        .map((texts) =>
          refuse('a path parameter with any text', false)({ target: filledWith(endpoint, texts) }),
        ),
  ];
  return fc.oneof(...kinds.filter((kind) => kind !== false));
};
