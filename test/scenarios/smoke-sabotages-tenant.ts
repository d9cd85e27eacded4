// oxlint-disable typescript/no-unsafe-type-assertion -- JSON of our own API
import type { Coming, Going, Sabotage } from './smoke-saboteur.ts';
import {
  at,
  all,
  signed,
  both,
  less,
  without,
  json,
  answered,
  serverError,
  exported,
  type Row,
} from './smoke-breaks.ts';

const errorsAs = (change: (rows: readonly object[]) => readonly object[]) => (coming: Coming) =>
  coming.status === 200
    ? json(({ data, ...rest }: { readonly data: readonly object[] }) => ({
        ...rest,
        data: change(data),
      }))(coming)
    : coming;

/** What may be wrong with who is let in and what he gets, one thing at a time; `token` is one that is good. */
export const tenantSabotages = (token: string): readonly Row[] => {
  const letIn: Sabotage['going'] = ({ headers }) => ({
    ...headers,
    authorization: `Bearer ${token}`,
  });
  const isForged = ({ headers }: Going): boolean =>
    headers['authorization'] !== undefined && headers['authorization'] !== `Bearer ${token}`;
  return [
    {
      title: 'a read is open to everybody',
      fails: ['no token', 'forged token', 'routes'],
      sabotage: { on: at('/v1/overview'), going: letIn },
    },
    {
      title: 'an export is open to everybody',
      fails: ['no token', 'forged token', 'routes'],
      sabotage: { on: both(exported, (going) => !signed(going)), going: letIn },
    },
    {
      title: 'signatures are not checked',
      fails: ['forged token'],
      sabotage: { on: isForged, going: letIn },
    },
    {
      title: 'a read comes out of a cache on the way',
      fails: ['overview'],
      sabotage: {
        on: both(signed, at('/v1/overview')),
        coming: (coming) =>
          coming.status === 200
            ? json((body: object) => ({ ...body, as_of: '2026-01-01T00:00:00.000Z' }))(coming)
            : coming,
      },
    },
    {
      title: 'CSV comes as JSON',
      fails: ['csv'],
      sabotage: {
        on: at('/v1/overview/series.csv'),
        coming: (coming) =>
          coming.status === 200 ? answered(200, 'application/json', '{"data":[]}')() : coming,
      },
    },
    {
      title: 'how fresh it is cannot be read',
      fails: ['freshness', 'functions'],
      sabotage: { on: both(signed, at('/v1/freshness')), coming: serverError },
    },
    {
      title: 'if-none-match does not arrive',
      fails: ['etag'],
      sabotage: { on: all, going: without('if-none-match') },
    },
    {
      title: 'what is left of an allowance is not told',
      fails: ['allowance'],
      sabotage: { on: at('/v1/overview'), coming: less('ratelimit-remaining') },
    },
    {
      title: 'an export is held back whole',
      fails: ['stream', 'stream, gzip'],
      sabotage: { on: both(signed, exported), coming: (coming) => coming },
    },
    {
      title: 'an export breaks off',
      fails: ['stream', 'stream, gzip'],
      sabotage: {
        on: both(signed, exported),
        coming: ({ status, ...coming }) => (status === 200 ? undefined : { status, ...coming }),
      },
    },
    {
      title: 'an export is never packed',
      fails: ['stream, gzip'],
      sabotage: { on: exported, going: without('accept-encoding') },
    },
    {
      title: 'an export is HTML',
      fails: ['stream', 'stream, gzip'],
      sabotage: {
        on: both(signed, exported),
        coming: (coming) =>
          coming.status === 200 ? answered(200, 'text/html', 'Hello\n')() : coming,
      },
    },
    {
      title: 'the key of a repeat is lost on the way',
      isWriting: true,
      fails: ['ingest'],
      sabotage: { on: at('/v1/ingest/errors'), going: without('idempotency-key') },
    },
    {
      title: 'nothing comes out of the queue',
      patienceMs: 3_000,
      isWriting: true,
      fails: ['ingest'],
      sabotage: { on: at('/v1/errors'), coming: errorsAs(() => []) },
    },
    {
      title: 'what is sent twice counts twice',
      isWriting: true,
      fails: ['ingest'],
      sabotage: {
        on: at('/v1/errors'),
        coming: errorsAs((rows) => rows.map((row) => ({ ...row, occurrence_count: 2 }))),
      },
    },
  ];
};
