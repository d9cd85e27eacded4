import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmsOf } from '../../infra/aws/alarm-list.ts';
import { stageOf } from '../../infra/aws/stage.ts';
import { costOf } from '../../infra/cost/cost.ts';
import { money, priceText, quantity } from '../../infra/cost/figures.ts';
import { deployCostMarkdown } from '../../infra/cost/markdown.ts';
import { prices } from '../../infra/cost/prices.ts';
import { usual } from '../../infra/cost/stages.ts';
import { root } from './files.ts';

/** The guide to a deployment. */
export const guide = 'docs/deploy.md';

/** The text of a file of the checkout. */
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const million = 1_000_000;

// What each line of production's bill grows by when a million e-mails are sent besides.
const millionTable = (): string => {
  const usage = { kind: 'production', ...usual.production } as const;
  const before = costOf(usage).items;
  const after = costOf({ ...usage, emails: usage.emails + million }).items;
  const rows = after.flatMap((item, nth) => {
    const [count, usd] = [
      item.count - (before[nth]?.count ?? 0),
      item.usd - (before[nth]?.usd ?? 0),
    ];
    if (usd < 0.005) return [];
    const cells = [`${item.service}: ${item.what}`, quantity(count), priceText(prices[item.price])];
    return [`| ${cells.join(' | ')} | ${money(usd)} |`];
  });
  const all = `| **all** |  |  | **${money(costOf(usage).millionEmailsUsd)}** |`;
  return [
    '| a million e-mails more | how many | price | USD |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    all,
  ].join('\n');
};

const begin = '<!-- generated: npx vitest run test/contracts/deploy-guide.test.ts -u -->';
const end = '<!-- end -->';

/** The guide with the part on cost as the model has it now. */
export const withCost = (text: string): string => {
  const [before = '', rest = ''] = text.split(begin);
  const [, after = ''] = rest.split(end);
  const part = `${deployCostMarkdown()}\n\n### A million e-mails, line by line\n\n${millionTable()}`;
  return `${before}${begin}\n\n${part}\n\n${end}${after}`;
};

/** The alarms of production, by name, with the section that their description names. */
export const alarms = () =>
  alarmsOf({ stage: stageOf('production'), nameOf: (name) => name, apiId: 'api' });

// As GitHub makes them of headings.
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');

/** The anchors of a document. */
export const anchorsOf = (file: string): ReadonlySet<string> =>
  new Set([...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));

/** Blocks of a document by their info string: `sh cloud` are those that need AWS, Neon or GitHub. */
export const fences = (file: string): { readonly info: string; readonly code: string }[] =>
  [...textOf(file).matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', code = '']) => ({
    info,
    code,
  }));

/** Lines of a shell, those that end in a backslash joined with the next. */
export const linesOf = (code: string): string[] =>
  code
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
