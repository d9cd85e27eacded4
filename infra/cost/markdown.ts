import { assumptions } from './assumptions.ts';
import { costOf, type Bill } from './cost.ts';
import { money, priceText, quantity } from './figures.ts';
import { prices, pricedAt } from './prices.ts';
import { kinds, usual, type DeployedKind } from './stages.ts';

type Cells = readonly string[];

// Columns of figures to the right.
const table = (head: Cells, right: number, rows: readonly Cells[]): string => {
  const rule = head.map((_, at) => (at >= 1 && at <= right ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

const billOf = (kind: DeployedKind): Bill => costOf({ kind, ...usual[kind] });

/** What a kind of stage costs a month, line by line with its arithmetic, as a table of Markdown. */
export const costTable = (kind: DeployedKind): string => {
  const { items, usd } = billOf(kind);
  const rows = items
    .filter(({ count }) => count > 0)
    .map(({ service, what, count, price, usd, why }) => [
      `${service}: ${what}`,
      quantity(count),
      priceText(prices[price]),
      money(usd),
      why,
    ]);
  return table(['a month', 'how many', 'price', 'USD', 'because'], 3, [
    ...rows,
    ['**all**', '', '', `**${money(usd)}**`, ''],
  ]);
};

const summary = (): string => {
  const bills = kinds.map(billOf);
  const services = bills[0]?.services.map(({ service }) => service) ?? [];
  const of = (what: string, each: (bill: Bill) => string): Cells => [what, ...bills.map(each)];
  return table(['a month', ...kinds], kinds.length, [
    of('tenants', ({ usage }) => quantity(usage.tenants)),
    of('e-mails', ({ usage }) => quantity(usage.emails)),
    of('requests', ({ usage }) => quantity(usage.requests)),
    of('events', ({ usage }) => quantity(usage.events)),
    of('database awake, of 730 hours', ({ awake }) => quantity(awake.total)),
    of('of them by schedules', ({ awake }) => quantity(awake.bySchedules)),
    ...services.map((service) =>
      of(`${service}, USD`, ({ services }) =>
        money(services.find((each) => each.service === service)?.usd ?? 0),
      ),
    ),
    of('**all, USD**', ({ usd }) => `**${money(usd)}**`),
    of('a million e-mails more, USD', ({ millionEmailsUsd }) => money(millionEmailsUsd)),
  ]);
};

/** What is assumed, as a table of Markdown. */
export const assumptionsTable = (): string =>
  table(
    ['assumed', 'value', 'unit', '', 'source'],
    1,
    Object.entries(assumptions).map(([name, { value, unit, basis, source }]) => [
      `\`${name}\``,
      value.toLocaleString('en-US'),
      unit,
      basis,
      source,
    ]),
  );

/** What a bill of these services has besides, and what others bill. */
export const notCounted =
  'Not counted: the source’s own database, PostHog, SIEM, e-mail and SMS, taxes, traffic between Lambda and Neon within ' +
  'the region, and the yearly version of a key that rotates.';

const uncheckedLine = (): string => {
  const unchecked = Object.entries(prices)
    .filter(([, { isChecked }]) => !isChecked)
    .map(([name, price]) => `\`${name}\` (${priceText(price)}; ${price.source})`);
  return `Prices that could not be checked: ${unchecked.join(', ')}.`;
};

/** The section of docs/deploy.md on what the three kinds of stages cost: generated, and compared by a test. */
export const deployCostMarkdown = (): string =>
  [
    `List prices of ${pricedAt.region} in ${pricedAt.currency}, looked up in ${pricedAt.month}; nothing is taken for free.`,
    summary(),
    notCounted,
    uncheckedLine(),
    ...kinds.flatMap((kind) => [`### ${kind}, line by line`, costTable(kind)]),
    '### What is assumed',
    assumptionsTable(),
  ].join('\n\n');
