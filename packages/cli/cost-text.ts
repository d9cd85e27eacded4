import { assumed, assumptions } from '../../infra/cost/assumptions.ts';
import type { Bill, Reading } from '../../infra/cost/cost.ts';
import { money, priceText, quantity } from '../../infra/cost/figures.ts';
import type { Item } from '../../infra/cost/item.ts';
import { notCounted } from '../../infra/cost/markdown.ts';
import { pricedAt, prices, type Price } from '../../infra/cost/prices.ts';
import { wrapped } from './wrap.ts';

/** How long the database of each kind of stage is awake, used as it usually is. */
export type Awake = { readonly kind: string; readonly awake: Bill['awake'] };

const columns = { what: 25, count: 11, price: 26, usd: 9 } as const;
const rowWidth = Object.values(columns).reduce((sum, width) => sum + width, 0);
const leastReason = 36;

const row = (what: string, count: string, price: string, usd: string): string =>
  what.padEnd(columns.what) +
  count.padStart(columns.count) +
  `  ${price}`.padEnd(columns.price) +
  usd.padStart(columns.usd);

// Beside the row where there is room, else below it.
const reasoned = (line: string, why: string, width: number): string =>
  width - rowWidth >= leastReason
    ? wrapped(`${line}  ${why}`, width, rowWidth + 2)
    : `${line}\n${wrapped(`      ${why}`, width, 6)}`;

const itemLine = ({ what, count, price, usd, why, billed }: Item, width: number): string => {
  const free =
    billed === count
      ? ''
      : billed === 0
        ? '; all free'
        : `; ${quantity(count - billed)} of them free`;
  return reasoned(
    row(`  ${what}`, quantity(count), priceText(prices[price]), money(usd)),
    `${why}${free}`,
    width,
  );
};

const headLines = ({ usage }: Bill, { isFree, neon }: Reading, width: number): string[] => [
  wrapped(
    `A month of ${usage.kind} with ${quantity(usage.tenants)} tenants, ${quantity(usage.emails)} e-mails, ` +
      `${quantity(usage.requests)} requests and ${quantity(usage.events)} events`,
    width,
  ),
  wrapped(
    `${pricedAt.currency} of ${pricedAt.region}, list prices of ${pricedAt.month}, Neon’s plan ${neon}; ` +
      (isFree
        ? 'what an account has for free is taken off, as if it had this stage alone'
        : 'nothing is taken for free (--free-tier)'),
    width,
  ),
];

const awakeLine = (each: Awake, width: number): string => {
  const { bySchedules, byUse, total } = each.awake;
  return wrapped(
    `  ${each.kind.padEnd(12)}${total.toFixed(1).padStart(6)} of 730 hours: ` +
      `${bySchedules.toFixed(1)} by schedules, ${byUse.toFixed(1)} by use`,
    width,
    14,
  );
};

const notes = [
  `Asleep, it answers its first question some ${assumed('wakeMs')} ms later. ` +
    'What asks for /health each minute keeps it awake.',
  notCounted,
  'cost --assumptions says what is assumed, where prices are from, and which could not be checked.',
];

/** What a stage costs a month, as people read it. */
export const costText = (
  bill: Bill,
  reading: Reading,
  awake: readonly Awake[],
  width: number,
): string => {
  const services = bill.services.flatMap(({ service, usd }) => [
    row(service, '', '', money(usd)),
    ...bill.items
      .filter((item) => item.service === service && item.count > 0)
      .map((item) => itemLine(item, width)),
  ]);
  return [
    ...headLines(bill, reading, width),
    '',
    ...services,
    '─'.repeat(rowWidth),
    row('All', '', '', money(bill.usd)),
    row('A million e-mails more', '', '', money(bill.millionEmailsUsd)),
    '',
    'The database is awake',
    ...awake.map((each) => awakeLine(each, width)),
    '',
    ...notes.map((note) => wrapped(note, width, 0)),
  ].join('\n');
};

const entry = (name: string, value: string, source: string, width: number): string =>
  `${name}: ${value}\n${wrapped(`    ${source}`, width, 4)}`;

/** Everything that is assumed and every price, with where it is from. */
export const assumptionsText = (width: number): string => {
  const all: readonly (readonly [string, Price])[] = Object.entries(prices);
  return [
    'What is assumed',
    '',
    ...Object.entries(assumptions).map(([name, { value, unit, basis, source }]) =>
      entry(name, `${value.toLocaleString('en-US')} ${unit}`, `${basis}: ${source}`, width),
    ),
    '',
    `Prices in ${pricedAt.currency} of ${pricedAt.region}, ${pricedAt.month}`,
    '',
    ...all.map(([name, price]) =>
      entry(
        name,
        priceText(price),
        `${price.isChecked ? '' : 'unchecked: '}${price.source}`,
        width,
      ),
    ),
  ].join('\n');
};
