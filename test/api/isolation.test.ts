import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { depth } from '../world/depth.ts';
import { foreignQuestions, nobody, type Case } from './foreign.ts';
import { lasting, marksIn } from './leak.ts';
import { expectProblem } from './problem-check.ts';
import {
  callerOf,
  examplesOf,
  explore,
  paramNames,
  reads,
  secondPages,
  sortsOf,
  still,
  targetOf,
  type Known,
  type Operation,
  type SecondPage,
  type Values,
} from './questions.ts';
import { seed, tenants } from './seed.ts';
import { openApi, type Api } from './stack.ts';
import type { Answer } from './wire.ts';

const [own, foreign, third] = tenants;
const foreignMarks = [foreign.mark, third.mark];
const allMarks = tenants.map(({ mark }) => mark);

let api: Api;
let mine: Known;
let theirs: Known;
let theirPages: Map<string, SecondPage[]>;
let alone: Map<string, object>;

// Every example, and every list in every order, of what is over.
const questionsOf = ({ endpoint }: Operation): string[] => [
  ...examplesOf(endpoint, mine).map(({ params, query }) =>
    targetOf(endpoint, params, { ...query, ...still(endpoint) }),
  ),
  ...mine
    .paramsOf(endpoint)
    .slice(0, 4)
    .map((params) => targetOf(endpoint, params, still(endpoint))),
  ...sortsOf(endpoint).map((sort) =>
    targetOf(endpoint, {}, { ...still(endpoint), sort, limit: '3' }),
  ),
];

const answersOf = async (): Promise<Map<string, object>> => {
  const answers = new Map<string, object>();
  for (const operation of reads)
    for (const target of questionsOf(operation)) {
      const caller = callerOf(operation.endpoint, own.tenant_id);
      answers.set(target, lasting(await api.ask(caller, { target })));
    }
  return answers;
};

beforeAll(async () => {
  api = await openApi();
  await seed(api.desk, own);
  mine = await explore(api, own.tenant_id);
  alone = await answersOf();
  for (const each of [foreign, third]) await seed(api.desk, each);
  theirs = await explore(api, foreign.tenant_id);
  theirPages = new Map();
  for (const each of reads)
    theirPages.set(each.operation, await secondPages(api, theirs, foreign.tenant_id, each));
}, 180_000);
afterAll(() => api.close());

test('what a tenant is told does not depend on whether others exist', async () => {
  expect(alone.size).toBeGreaterThan(reads.length);
  for (const [target, answer] of await answersOf())
    expect([target, answer]).toEqual([target, alone.get(target)]);
});

const holds = async ({ allowed, role, target, absent, said, nowhere, headers }: Case) => {
  const caller = { tenantId: own.tenant_id, role };
  const answer = await api.ask(caller, { target, headers });
  expect(answer.status).toBeLessThan(500);
  expect(marksIn(answer, foreignMarks, said)).toEqual([]);
  if (!allowed) {
    expect(answer.status).toBe(403);
    expectProblem(answer);
    expect(marksIn(answer, allMarks, said)).toEqual([]);
    return 'forbidden';
  }
  if (said.length === 0) return answer.status === 200 ? 'own' : 'refused';
  const nothing = await api.ask(caller, { target: absent, headers });
  expect(lasting(answer, said)).toEqual(lasting(nothing, nowhere));
  return 'foreign';
};

test(
  'no id, filter, role or header brings a byte of another tenant, and a foreign id is as one that nobody has',
  async () => {
    const { casesOf, weightOf } = foreignQuestions(mine, theirs);
    const seen: Record<string, number> = {};
    // Those that take something of another tenant more often than those that do not.
    const cases = fc
      .oneof(
        ...reads.map((each) => ({
          weight: weightOf(each),
          arbitrary: fc.constant(each),
        })),
      )
      .chain(casesOf);
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        const what = await holds(each);
        seen[what] = (seen[what] ?? 0) + 1;
      }),
      { numRuns: depth(400, 10_000) },
    );
    expect(api.faults).toEqual([]);
    expect(Object.keys(seen).toSorted()).toEqual(
      expect.arrayContaining(['forbidden', 'foreign', 'own']),
    );
    expect(seen['foreign']).toBeGreaterThan(depth(60, 2_000));
  },
  depth(60_000, 600_000),
);

test('a cursor of another tenant is refused by every list, also under the same question', async () => {
  let refused = 0;
  for (const { operation, endpoint } of reads)
    for (const { query, cursor } of theirPages.get(operation) ?? []) {
      const target = targetOf(endpoint, {}, { ...query, cursor });
      const answer = await api.ask(callerOf(endpoint, own.tenant_id), { target });
      expect([target, answer.status]).toEqual([target, 422]);
      expectProblem(answer);
      expect(marksIn(answer, foreignMarks)).toEqual([]);
      refused += 1;
    }
  expect(refused).toBeGreaterThan(10);
});

test('the detector is no blank: it flags every answer to the other tenant that names one of its things', async () => {
  const flagged: string[] = [];
  const named: string[] = [];
  for (const { operation, endpoint } of reads) {
    const params = theirs
      .paramsOf(endpoint)
      .find((each) => Object.values(each).some((v) => v.includes(foreign.mark)));
    if (params === undefined && paramNames(endpoint).length > 0) continue;
    const answer = await api.ask(callerOf(endpoint, foreign.tenant_id), {
      target: targetOf(endpoint, params),
    });
    if (
      /"(?:(?:campaign|lead|mailbox|resource|subscription|event|rule|integration)_)?id":"/.test(
        answer.text,
      )
    )
      named.push(operation);
    if (marksIn(answer, foreignMarks).length > 0) flagged.push(operation);
  }
  expect(named.length).toBeGreaterThan(8);
  expect(flagged).toEqual(expect.arrayContaining(named));
  const cursor = [...theirPages.values()]
    .flat()
    .find((page) => marksIn({ text: page.cursor, headers: {} }, foreignMarks).length > 0);
  expect(cursor).toBeDefined();
});

test('the comparison is no blank: an answer in which an id exists differs from one in which it does not', async () => {
  const different: string[] = [];
  for (const { operation, endpoint } of reads.filter(
    (each) => paramNames(each.endpoint).length > 0,
  )) {
    const ask = (params: Values): Promise<Answer> =>
      api.ask(callerOf(endpoint, own.tenant_id), { target: targetOf(endpoint, params) });
    const [params = {}] = mine.paramsOf(endpoint);
    const absent = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, nobody(value)]),
    );
    const [there, nowhere] = [await ask(params), await ask(absent)];
    expect([operation, there.status, nowhere.status]).toEqual([operation, 200, 404]);
    different.push(operation);
  }
  expect(different.length).toBeGreaterThan(0);
});
