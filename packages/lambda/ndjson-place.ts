import { exceptionsOf, webPolicy } from '@rookery/outbound/policy';
import { request } from '@rookery/outbound/request';

/** Where NDJSON is posted to, and the bearer token it is posted with. */
export type NdjsonPlace = { readonly url: string; readonly token: string | undefined };

const timeoutMs = 10_000;
const mostBytes = 4_096;

// Who deploys a stage names the place, in a network of theirs as well: that one server needs no leave of the guard.
const exceptionOf = (url: string): string => {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
};

/**
 * Opens a place that takes NDJSON over HTTP(S), told by the same `idempotency-key` that it is the same again. Every status is
 * an answer and a redirect is one: most would make a GET without a body of it. Fails with `outbound-failed` without one.
 */
export const ndjsonPlace = ({ url, token }: NdjsonPlace) => {
  const reach = { policy: webPolicy(exceptionsOf(exceptionOf(url))) };
  const headers = {
    'content-type': 'application/x-ndjson',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return async (parcel: { readonly body: string; readonly key: string }, signal: AbortSignal) => {
    const { status, headers: answered } = await request(
      {
        url,
        method: 'POST',
        headers: { ...headers, 'idempotency-key': parcel.key },
        body: parcel.body,
        timeoutMs,
        maxBytes: mostBytes,
        beyond: 'cut',
        redirects: 0,
        signal,
      },
      reach,
    );
    return { status, location: answered['location'] };
  };
};
