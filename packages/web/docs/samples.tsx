import { useState } from 'preact/hooks';
import { callOf, curlOf, type Filled } from '@rookery/client/samples';

const Sample = ({ name, text }: { readonly name: string; readonly text: string }) => {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('select the text and copy it');
    }
  };
  return (
    <div class="sample">
      <div class="bar">
        <span>{name}</span>
        <span role="status">{said}</span>
        <button type="button" aria-label={`Copy as ${name}`} onClick={() => void copy()}>
          Copy
        </button>
      </div>
      <pre tabIndex={0} aria-label={`The request as ${name}`}>
        {text}
      </pre>
    </div>
  );
};

/** The request as it is filled in, to take away: for a shell, and for the TypeScript client. */
export const Samples = ({
  filled,
  accept,
  numeric,
}: {
  readonly filled: Filled;
  readonly accept: string;
  readonly numeric: ReadonlySet<string>;
}) => (
  <section aria-labelledby="take">
    <h3 id="take">Take it with you</h3>
    <Sample key="curl" name="curl" text={curlOf(location.origin, filled, accept)} />
    {accept === 'application/json' ? (
      <Sample key="ts" name="TypeScript" text={callOf(filled, numeric)} />
    ) : null}
  </section>
);
