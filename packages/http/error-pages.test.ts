import { expect, test } from 'vitest';
import { errorPages } from './error-pages.ts';
import { errorTexts } from './error-texts.ts';
import { problemSchema } from './problem-schema.ts';
import { problemCodes, problems } from './problems.ts';

const pages = errorPages();

test('every code has a page, the index lists them all, and there is no other', () => {
  expect(Object.keys(pages).toSorted()).toEqual(
    ['README.md', ...problemCodes.map((code) => `${code}.md`)].toSorted(),
  );
  for (const code of problemCodes) expect(pages['README.md']).toContain(`[${code}](${code}.md)`);
});

test.each(problemCodes)(
  'the page of %s tells what happened, what to do, and shows an answer',
  (code) => {
    const page = pages[`${code}.md`] ?? '';
    const body: unknown = JSON.parse(/^\{$[^]*^\}$/m.exec(page)?.[0] ?? '');

    expect(page).toContain(`## What happened\n\n${errorTexts[code].what}\n`);
    expect(page).toContain(`## What to do\n\n${errorTexts[code].fix}\n`);
    expect(problemSchema.parse(body)).toMatchObject({ code, status: problems[code].status });
  },
);

test('an example tells what to do exactly where an answer does', () => {
  const told = problemCodes.filter((code) => 'example' in errorTexts[code]);

  expect(told).toEqual(problemCodes.filter((code) => problems[code].status < 500));
});
