import { createHash } from 'node:crypto';
import docsPage from './docs-page.json' with { type: 'json' };
import { errorHtml, errorStyle } from './error-page.ts';

type Page = {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const html = (body: string, policy: string): Page => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'public, max-age=300',
  },
  body,
});

const styleHash = createHash('sha256').update(errorStyle).digest('base64');
const errorPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The answer to GET /docs. */
export const docsAnswer = (): Page => html(docsPage.html, docsPage.policy);

/** The answer to GET /docs/errors/{code}: the page of the code, given as Markdown. */
export const errorAnswer = (title: string, markdown: string): Page =>
  html(errorHtml(title, markdown), errorPolicy);

/** The answer to GET /openapi.json: the committed document. */
export const documentAnswer = (document: object): Page => ({
  status: 200,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=300',
  },
  body: JSON.stringify(document),
});
