import type { Body, Document } from './document.ts';
import { Fields } from './fields.tsx';

/** The JSON that an operation takes: a field to write it in, and what may stand in it. */
export const BodyInput = ({
  document,
  body,
  json,
  onJson,
}: {
  readonly document: Document;
  readonly body: Body;
  readonly json: string;
  readonly onJson: (json: string) => void;
}) => (
  <>
    <h4>
      <label for="body">Body</label>
    </h4>
    <textarea
      id="body"
      class="body"
      rows={12}
      spellcheck={false}
      value={json}
      onInput={(event) => onJson(event.currentTarget.value)}
    />
    <Fields document={document} schema={body.schema} />
  </>
);
