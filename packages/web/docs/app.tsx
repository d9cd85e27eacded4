import { useEffect, useRef, useState } from 'preact/hooks';
import { matching, operationsOf, problemsOf, type Document, type Operation } from './document.ts';
import { Shown } from './operation.tsx';
import { Problems, Text } from './text.tsx';

const hashOf = (): string => decodeURIComponent(location.hash.slice(1));

const List = ({
  operations,
  current,
}: {
  readonly operations: readonly Operation[];
  readonly current: string;
}) => (
  <>
    {[...Map.groupBy(operations, ({ tag }) => tag)].map(([tag, group]) => (
      <section key={tag} aria-label={tag}>
        <h2>{tag}</h2>
        <ul>
          {group.map(({ id, path, summary }) => (
            <li key={id}>
              <a href={`#${id}`} aria-current={id === current ? 'page' : undefined}>
                {summary}
                <code>{path}</code>
              </a>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
);

const Start = ({ document }: { readonly document: Document }) => (
  <article aria-labelledby="start">
    <h2 id="start" tabIndex={-1}>
      {document.info.title} API
    </h2>
    <Text of={document.info.description} />
    <p>
      Every request carries <code>Authorization: Bearer …</code>. The machine-readable form is{' '}
      <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).
    </p>
    <h3>Errors</h3>
    <p>
      Every error is <code>application/problem+json</code>; tell them apart by <code>code</code>.
    </p>
    <dl class="statuses">
      {problemsOf(document).map(({ status, text }) => (
        <div key={status}>
          <dt>{status}</dt>
          <dd>
            <Problems of={text} />
          </dd>
        </div>
      ))}
    </dl>
  </article>
);

/** The page: search and list on one side, what is chosen on the other. `#listCampaigns` chooses. */
export const App = ({ document }: { readonly document: Document }) => {
  const [text, setText] = useState('');
  const [hash, setHash] = useState(hashOf);
  // A small screen has no room for the list beside what is chosen.
  const [isSearching, setSearching] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const operations = operationsOf(document);
  const found = matching(operations, text);
  const chosen = operations.find(({ id }) => id === hash);

  useEffect(() => {
    const follow = () => {
      setHash(hashOf());
      setSearching(false);
    };
    const type = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== '/' || (target instanceof Element && target.closest('input, select')))
        return;
      event.preventDefault();
      search.current?.focus();
    };
    addEventListener('hashchange', follow);
    addEventListener('keydown', type);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('keydown', type);
    };
  }, []);
  useEffect(() => {
    globalThis.document.title = `${chosen === undefined ? '' : `${chosen.summary} · `}Rookery API`;
    if (chosen === undefined) return;
    scrollTo(0, 0);
    globalThis.document.getElementById(chosen.id)?.focus({ preventScroll: true });
  }, [chosen?.id]);

  return (
    <div class={`page${chosen === undefined ? '' : ' chosen'}${isSearching ? ' searching' : ''}`}>
      <header>
        <h1>
          <a href="#">Rookery API</a>
        </h1>
      </header>
      <nav aria-label="Operations">
        <label for="search">Search</label>
        <input
          id="search"
          type="search"
          ref={search}
          value={text}
          placeholder="campaign, reply_rate …  ( / )"
          onFocus={() => setSearching(true)}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p role="status" class="type">
          {found.length === operations.length
            ? `${operations.length} operations`
            : `${found.length} of ${operations.length} operations`}
        </p>
        <List operations={found} current={hash} />
      </nav>
      <main>
        {chosen === undefined ? (
          <Start document={document} />
        ) : (
          <Shown key={chosen.id} document={document} operation={chosen} />
        )}
      </main>
    </div>
  );
};
