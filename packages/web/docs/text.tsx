const inline = (text: string) =>
  text.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>));

/** A description of the document: paragraphs, and code between backticks. */
export const Text = ({ of }: { readonly of: string }) => (
  <>
    {of.split('\n\n').map((paragraph, i) => (
      <p key={i}>{inline(paragraph)}</p>
    ))}
  </>
);

/** One line of a description. */
export const Line = ({ of }: { readonly of: string }) => <>{inline(of)}</>;

const problem = /^`([\w-]+)`: (.*)$/;

/** Problems of one status, each with its page. */
export const Problems = ({ of }: { readonly of: string }) => (
  <>
    {of.split('\n\n').map((paragraph) => {
      const [, code = '', title = paragraph] = problem.exec(paragraph) ?? [];
      return (
        <div key={paragraph}>
          <a href={`/docs/errors/${code}`}>
            <code>{code}</code>
          </a>{' '}
          {title}
        </div>
      );
    })}
  </>
);
