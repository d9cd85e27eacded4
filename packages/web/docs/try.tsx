import { useEffect, useRef, useState } from 'preact/hooks';
import { targetOf, type Filled } from '@rookery/client/samples';

const tokenKey = 'rookery-token';
// A page of 500 rows is shown whole; more would only make the browser slow.
const mostShown = 400_000;
const told =
  /^(ratelimit-.*|retry-after|etag|link|cache-control|content-type|x-request-id|rookery-.*|idempotency-.*)$/;

type Reply = {
  readonly status: number;
  readonly statusText: string;
  readonly ms: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly code: string | undefined;
};

const pretty = (text: string, isJson: boolean): { text: string; code: string | undefined } => {
  if (!isJson) return { text, code: undefined };
  const json: unknown = JSON.parse(text);
  const code = typeof json === 'object' && json !== null && 'code' in json ? json.code : undefined;
  return {
    text: JSON.stringify(json, null, 2),
    code: typeof code === 'string' ? code : undefined,
  };
};

const ask = async (filled: Filled, token: string, accept: string, signal: AbortSignal) => {
  const start = performance.now();
  const response = await fetch(targetOf(filled), {
    method: filled.method ?? 'GET',
    headers: {
      accept,
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...filled.headers,
      ...(filled.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: filled.body ?? null,
    signal,
  });
  const text = await response.text();
  const { status, statusText, headers } = response;
  const isJson = text !== '' && /json(;|$)/.test(headers.get('content-type') ?? '');
  const isRows = headers.get('content-type')?.includes('ndjson') === true;
  return {
    status,
    statusText,
    ms: Math.round(performance.now() - start),
    headers: [...headers].filter(([name]) => told.test(name)),
    ...pretty(text, isJson && !isRows),
  };
};

const Shown = ({ reply }: { readonly reply: Reply }) => (
  <>
    <p>
      <strong class={reply.status < 400 ? 'good' : 'bad'}>
        {reply.status} {reply.statusText}
      </strong>{' '}
      in {reply.ms} ms
      {reply.code === undefined ? null : (
        <>
          {' · '}
          <a href={`/docs/errors/${reply.code}`}>what {reply.code} means</a>
        </>
      )}
    </p>
    <dl class="headers">
      {reply.headers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <pre tabIndex={0} aria-label="Body of the answer">
      {reply.text.slice(0, mostShown)}
      {reply.text.length > mostShown ? '\n… cut here; curl shows all of it' : ''}
    </pre>
  </>
);

/** Sends the request to this very origin and shows what comes back; the token stays in this tab. */
export const Try = ({ filled, accept }: { readonly filled: Filled; readonly accept: string }) => {
  const [token, setToken] = useState(() => sessionStorage.getItem(tokenKey) ?? '');
  const [reply, setReply] = useState<Reply>();
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  const send = async () => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setBusy(true);
    setFault('');
    setReply(undefined);
    try {
      setReply(await ask(filled, token.trim(), accept, controller.signal));
    } catch (error) {
      if (!controller.signal.aborted) setFault(`There was no answer: ${String(error)}`);
    } finally {
      if (!controller.signal.aborted) setBusy(false);
    }
  };

  return (
    <section aria-labelledby="try">
      <h3 id="try">Try it</h3>
      <form
        class="try"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          value={token}
          autocomplete="off"
          placeholder="npm run rookery -- token --tenant …"
          onInput={(event) => {
            const { value } = event.currentTarget;
            setToken(value);
            sessionStorage.setItem(tokenKey, value.trim());
          }}
        />
        <button type="submit" disabled={isBusy}>
          {isBusy ? 'Asking …' : 'Send'}
        </button>
      </form>
      <div role="status" aria-live="polite" class="reply">
        {fault === '' ? null : <p class="bad">{fault}</p>}
        {reply === undefined ? null : <Shown reply={reply} />}
      </div>
    </section>
  );
};
