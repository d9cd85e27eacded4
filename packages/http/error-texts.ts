import type { ProblemCode } from './problems.ts';

type Texts = {
  /** The text under "What happened" on the page of the code. */
  readonly what: string;
  /** The text under "What to do". */
  readonly fix: string;
  /** A message as the API writes it. What is not the caller's doing has none: that is for the log. */
  readonly example?: string;
};

/** What the documentation says of every error; apart from problems.ts, because no function needs it to answer one. */
export const errorTexts = {
  'request-malformed': {
    what: 'A part of the path, the query or the body has a wrong form, is not known to this endpoint, or holds characters that no value here can have.',
    fix: 'Read `errors`: each entry names one part and says what is wrong with it. Correct them all and ask again.',
    example: 'the query is malformed: query.from is not a day; write it as YYYY-MM-DD',
  },
  'cursor-malformed': {
    what: 'The `cursor` was not made by this version of the API, or was cut or changed on the way.',
    fix: 'Give `next_cursor` back letter by letter, URL-encoded. If it is from long ago, start at the first page without a cursor.',
    example: 'the cursor cannot be read; start again without one',
  },
  'token-missing': {
    what: 'The request has no `Authorization` header with a bearer token.',
    fix: 'Get a token of the issuer and send it as `Authorization: Bearer <token>`.',
    example: 'send a token of the issuer in the header "Authorization: Bearer <token>"',
  },
  'token-invalid': {
    what: 'The token is not a JWT of the issuer that this API trusts, is made out for another audience, or lacks a claim.',
    fix: 'Read `detail` for the claim that is wrong, and get a token that is made out for this API. Sending the same token again does not help.',
    example: 'claim role must be one of tenant-member, tenant-admin, operator, auditor',
  },
  'token-expired': {
    what: 'The token was good, and its time is over.',
    fix: 'Get a new token of the issuer and ask again.',
    example: 'the token has expired: get a new one',
  },
  'api-key-invalid': {
    what: 'What was sent in `X-Api-Key` is no key that was made here, or was cut or changed on the way.',
    fix: 'Send the key letter by letter as it was shown when it was made. If it is lost, have a new one made.',
    example: 'this is no API key: send one as it was shown when it was made',
  },
  'api-key-expired': {
    what: 'The API key was good, and its time is over.',
    fix: 'Have a new key made and send that.',
    example: 'this API key expired at 2026-03-01T00:00:00.000Z: have a new one made',
  },
  'api-key-revoked': {
    what: 'The API key was revoked, and no longer opens anything.',
    fix: 'Use another key, or have a new one made.',
    example: 'this API key was revoked: use another',
  },
  forbidden: {
    what: 'The token or the API key is good, and its role or its scopes do not reach this endpoint.',
    fix: 'Ask with a token of a role that `detail` names or a key with the scope, or have your administrator do it for you.',
    example: 'the role tenant-member may not do this; it is for tenant-admin, auditor',
  },
  'not-found': {
    what: 'Your tenant has nothing under this identifier. What belongs to another tenant looks the same.',
    fix: 'Check the identifier, and that the token is of the tenant you mean.',
    example: 'there is no campaign "c-17"',
  },
  'route-unknown': {
    what: 'No endpoint has this path.',
    fix: 'Compare the path with the API reference. Paths are case-sensitive and end without a slash; only lists take `.csv` and `.ndjson`.',
    example: 'there is no GET /v1/campaign',
  },
  'method-not-allowed': {
    what: 'The endpoint exists, and not with this method.',
    fix: 'Use a method of the `Allow` header. Everything that reads is a GET.',
    example: 'use GET',
  },
  'not-acceptable': {
    what: 'The `Accept` header names no media type in which this endpoint answers.',
    fix: 'Ask for `application/json`; lists also come as `text/csv` and `application/x-ndjson`. Without the header the answer is JSON.',
    example:
      'this comes as application/json, text/csv, application/x-ndjson; name one of them in Accept',
  },
  conflict: {
    what: 'Another change came in between.',
    fix: 'Read the current state and decide again.',
    example: 'it was changed meanwhile; read it again',
  },
  'idempotency-running': {
    what: 'A request with this `Idempotency-Key` came before, and is still being worked on.',
    fix: 'Repeat the same request after the seconds in `Retry-After`: it gets the answer of the first.',
    example: 'the first request with this key is still being worked on; repeat it in 2 s',
  },
  'body-too-large': {
    what: 'The request carries more than the API reads: 1 MiB where a body is taken.',
    fix: 'Send it in parts. A read takes no body at all.',
    example: 'the body has 1300000 bytes and 1048576 are the most; send it in parts',
  },
  'body-unexpected': {
    what: 'The request carries a body, and this endpoint takes none.',
    fix: 'Put parameters into the query and send the request without a body.',
    example: 'a read takes no body; send a GET without one',
  },
  'media-type-unsupported': {
    what: 'The `Content-Type` header does not say that the body is JSON.',
    fix: 'Send JSON in UTF-8 with `Content-Type: application/json`.',
    example: 'send the body as JSON, with the header "Content-Type: application/json"',
  },
  'idempotency-mismatch': {
    what: 'The `Idempotency-Key` was sent before, with another body, path or query.',
    fix: 'Take a new key for a new request; repeat a request letter by letter under its old one. Keys are kept for a day.',
    example: 'this Idempotency-Key was sent with another request; a new request needs a new key',
  },
  'answer-too-large': {
    what: 'The answer is larger than the gateway carries: 6 MB, packed where you accept that, and with every quotation mark and backslash counted twice where you do not.',
    fix: 'Accept br or gzip, take a smaller `limit`, a shorter range or a narrower filter, or stream the table from `/v1/exports/…`.',
    example:
      'the answer has 7340032 bytes and 6225920 are the most; take a smaller limit or a shorter range, accept br or gzip, or stream the table from /v1/exports',
  },
  'change-refused': {
    what: 'The error cannot become this from what it is now, or a note is missing.',
    fix: 'Do what `detail` says: take one of the statuses that can follow, or send `note` as well.',
    example: 'say in `note` why it is ignored',
  },
  'range-empty': {
    what: '`to` is not after `from`. Ranges are half-open: `to` is the first day that is not in the range.',
    fix: 'For a single day, let `to` be the day after it.',
    example: '`to` (2025-03-10) must be after `from` (2025-03-10): the range is half-open',
  },
  'range-too-long': {
    what: 'The range has more days than one answer may cover.',
    fix: 'Take a shorter range or a wider `interval`, or ask in several parts.',
    example:
      '800 days are asked for and 732 are the most by single days; take interval=week or a shorter range',
  },
  'timezone-unavailable': {
    what: 'Facts are counted by days that are cut at midnight in the zone of the tenant, and cannot be cut again in another.',
    fix: 'Leave `tz` out, or give the zone of the tenant, which is in `range.timezone` of every answer.',
    example: 'days are cut in the tenant’s zone, Europe/Berlin: leave tz out or give that',
  },
  'cursor-mismatch': {
    what: 'The `cursor` comes from a list with another filter, order, range, endpoint or tenant.',
    fix: 'Keep every parameter but `limit` and the format as it was on the first page, or start again without a cursor.',
    example:
      'the cursor is of a list with other parameters; repeat those or start again without it',
  },
  'rate-limited': {
    what: 'Your tenant has used up its allowance for requests of this class.',
    fix: 'Wait for the seconds in `Retry-After`. `RateLimit-Remaining` of every answer tells how many are left.',
    example: 'too many requests; try again in 3 s',
  },
  internal: {
    what: 'An error that nobody planned for. It is logged whole under its `request_id`.',
    fix: 'Try once more. If it stays, report the `request_id`.',
  },
  'issuer-unreachable': {
    what: 'The token cannot be checked: the public keys of its issuer could not be fetched. It says nothing about the token.',
    fix: 'Try again in a few seconds, and with growing pauses after that. Do not throw the token away.',
  },
  unavailable: {
    what: 'Something the answer needs does not work right now.',
    fix: 'Try again in a few seconds, and with growing pauses after that.',
  },
  'database-unavailable': {
    what: 'The warehouse could not be reached, was busy, or cut the connection.',
    fix: 'Try again in a few seconds, and with growing pauses after that. A database that was asleep needs a moment.',
  },
  'answer-too-slow': {
    what: 'The warehouse did not finish in the time that one request is given.',
    fix: 'Ask for less: a shorter range, a filter, a smaller `limit`. The same request may also succeed at a quieter time.',
  },
} as const satisfies Record<ProblemCode, Texts>;
