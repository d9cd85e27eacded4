import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { actions, ownActions } from '@rookery/telemetry/audit/actions';
import type { Action } from '@rookery/telemetry/audit/action';
import { categories, classes } from '@rookery/telemetry/audit/keeping';
import { checklist } from '@rookery/telemetry/where';
import { bare, codeIn, inCell, tableBelow, testsIn } from '../api/guide-parts.ts';
import { filesIn } from './files.ts';

const [telemetry, audit] = ['docs/telemetry.md', 'docs/audit.md'] as const;
const read = (file: string): string => readFileSync(file, 'utf8');
const firstCells = (rows: readonly string[], count: number): string[] =>
  rows.map((row) => row.split(' | ').slice(0, count).join(' | '));

test('every test that a guide or the list of deviations names is there', () => {
  const files = filesIn('{functions,infra,packages,test}/**/*.test.ts');
  const isThere = (name: string): boolean =>
    files.some((file) => matchesGlob(file, name) || matchesGlob(file, `**/${name}`));
  const named = [telemetry, audit, 'DEVIATIONS.md'].flatMap((file) => testsIn(file));
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});

test('the checklist is told as the code asks it', () => {
  expect(tableBelow(telemetry, '| is this so? | it goes to |')).toEqual(
    checklist.map(({ asks, place }) => `| ${asks} | ${place} |`),
  );
});

test('the entry and the call that are shown are those that other tests add and compile', () => {
  const [entry = '', call = ''] = codeIn(telemetry).map(bare);
  expect([entry, call]).not.toContain('');
  expect(bare(read('test/scenarios/plan-entry.test.ts'))).toContain(entry);
  expect(bare(read('test/contracts/wrong-sinks/right.ts'))).toContain(call);
});

test('the actions of the audit are those of the catalogue', () => {
  const listed = Object.entries<Action>(actions).map(
    ([name, { description, deeds, things, named, class: kept, category }]) => {
      const known = `${inCell(deeds)} of ${inCell(things)}${named === true ? ', by name' : ''}`;
      return `| \`${name}\` | ${description} | ${known} | ${kept} | ${category} |`;
    },
  );
  const own = Object.entries(ownActions).map(
    ([name, { description, class: kept, category }]) =>
      `| \`${name}\` | ${description} | the log itself | ${kept} | ${category} |`,
  );
  const header = '| action | somebody | recognised by | class | category |';
  expect(tableBelow(audit, header)).toEqual([...listed, ...own]);
});

test('classes, categories and faults are told as the code has them', () => {
  const told = tableBelow(audit, '| class | goes after `personal_days` | for |');
  expect(firstCells(told, 2)).toEqual(
    Object.entries(classes).map(([name, some]) => `| \`${name}\` | ${inCell(some) || 'nothing'}`),
  );
  expect(tableBelow(audit, '| category | everything goes after days | `personal_days` |')).toEqual(
    Object.entries(categories).map(
      ([name, { keepDays, personalDays }]) =>
        `| \`${name}\` | ${keepDays ?? 'never'} | ${personalDays} |`,
    ),
  );
  const kinds = read('packages/warehouse/audit/fault.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm);
  expect(firstCells(tableBelow(audit, '| fault | means |'), 1)).toEqual(
    [...kinds].map(([, kind]) => `| \`${kind}\``),
  );
});
