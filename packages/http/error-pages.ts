import { Failure } from '@rookery/kernel/failure';
import { errorTexts } from './error-texts.ts';
import { invalidFields, problemOf } from './problem.ts';
import { problemCodes, problems, type ProblemCode } from './problems.ts';

const generated =
  'Generated from `packages/http/error-texts.ts` by `npm run docs`: change the table, not this file.';

const exampleOf = (code: ProblemCode): Failure => {
  const texts = errorTexts[code];
  const message = 'example' in texts ? texts.example : '';
  return code === 'request-malformed'
    ? invalidFields(code, message, [
        { path: 'query.from', message: 'is not a day; write it as YYYY-MM-DD' },
      ])
    : new Failure('invalid', code, message);
};

/** The page `docs/errors/<code>.md`: what happened, what to do, and an answer as it looks. */
export const errorPage = (code: ProblemCode): string => {
  const { status, title } = problems[code];
  const { what, fix } = errorTexts[code];
  const { headers, body } = problemOf(exampleOf(code), {
    requestId: '5f1c0a52-8f0e-4d0b-9d55-0d5f0a4b7c11',
    base: 'https://api.example.com',
  });
  const challenge = headers['www-authenticate'];
  return `# ${title}

${generated}

Status ${status}, code \`${code}\`.

## What happened

${what}

## What to do

${fix}

## Example

\`\`\`http
HTTP/1.1 ${status}
content-type: ${headers['content-type']}
${challenge === undefined ? '' : `www-authenticate: ${challenge}\n`}
${JSON.stringify(body, null, 2)}
\`\`\`
`;
};

const index = (): string => `# Errors

${generated}

Every error is \`application/problem+json\` (RFC 9457). Tell errors apart by \`code\`, which is stable, and not by \`title\` or \`detail\`, which are for people.
Only 429, 503 and 504 are worth sending again unchanged; \`request_id\` finds the request in our logs.

| Status | Code | Meaning |
| --- | --- | --- |
${problemCodes.map((code) => `| ${problems[code].status} | [${code}](${code}.md) | ${problems[code].title} |`).join('\n')}
`;

/** Every file of `docs/errors`, by file name. */
export const errorPages = (): Readonly<Record<string, string>> => ({
  'README.md': index(),
  ...Object.fromEntries(problemCodes.map((code) => [`${code}.md`, errorPage(code)])),
});
