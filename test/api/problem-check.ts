import { expect } from 'vitest';
import { errorPages } from '@rookery/http/error-pages';
import { problemSchema } from '@rookery/http/problem-schema';
import { problems } from '@rookery/http/problems';
import type { Answer } from './wire.ts';

// What only our inside says; no hostile text of these tests holds any of it.
const inside =
  /\b(?:select|insert into|update set|olap|rookery_\w+|postgres(?:ql)?|sqlstate|syntax error|relation "|column "|violates|zoderror|node_modules|node:internal)\b|\.(?:ts|js|sql):\d|\bat \S+ \(|\/work\/|\/home\/|packages\/|functions\//i;

// A kind of probe is called so: whoever names another one is told those there are.
const kindsOfProbe = /\bdns, postgres, sqs\b/g;

const pages = errorPages();

/** Checks that an answer is a problem as the contract has it, which tells nothing of our inside. */
export const expectProblem = ({ status, headers, text }: Answer, isHead = false): void => {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-request-id']).toMatch(/^[\w.:/+=-]{1,128}$/);
  if (isHead) {
    expect(text).toBe('');
    return;
  }
  const body: unknown = JSON.parse(text);
  const problem = problemSchema.strict().parse(body);
  expect(problem).toEqual(body);
  expect(problem.status).toBe(status);
  expect(problem.request_id).toBe(headers['x-request-id']);
  expect(problem).toMatchObject({ ...problems[problem.code] });
  expect(problem.type).toMatch(new RegExp(`^https?://[^/]+/docs/errors/${problem.code}$`));
  expect(pages[`${problem.code}.md`]).toContain(`code \`${problem.code}\``);
  expect(problem.detail).toMatch(/\S/);
  expect(text.replaceAll(kindsOfProbe, '')).not.toMatch(inside);
};
