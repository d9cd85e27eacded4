import { expect, test } from 'vitest';
import { costOf } from './cost.ts';
import { money } from './figures.ts';
import { assumptionsTable, costTable, deployCostMarkdown } from './markdown.ts';
import { kinds, usual } from './stages.ts';

const rows = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('|'));

test.each(kinds)(
  'the table of %s has each line that is not nothing, and ends in what all of them cost',
  (kind) => {
    const bill = costOf({ kind, ...usual[kind] });
    const table = rows(costTable(kind));

    expect(table).toHaveLength(2 + bill.items.filter(({ count }) => count > 0).length + 1);
    expect(table.at(-1)).toBe(`| **all** |  |  | **${money(bill.usd)}** |  |`);
  },
);

test('every row of a table has as many cells as its head', () => {
  for (const table of [...kinds.map(costTable), assumptionsTable()]) {
    const cells = rows(table).map((row) => row.split(' | ').length);
    expect(new Set(cells).size).toBe(1);
  }
});

test('the section shows the three stages beside each other with their hours and a million e-mails more', () => {
  const text = deployCostMarkdown();
  const bills = kinds.map((kind) => costOf({ kind, ...usual[kind] }));

  expect(text).toContain('| a month | production | staging | preview |');
  expect(text).toContain('| of them by schedules | 730 | 167 | 18.3 |');
  expect(text).toContain(
    `| a million e-mails more, USD | ${bills.map((bill) => money(bill.millionEmailsUsd)).join(' | ')} |`,
  );
  expect(deployCostMarkdown()).toBe(text);
});
