import type { Price } from './prices.ts';

const cents = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const exact = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 12,
});
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const leastShown = 0.005;

/** Dollars to the cent; what is less than half a cent is not shown as nothing. */
export const money = (usd: number): string =>
  usd > 0 && usd < leastShown ? '< 0.01' : cents.format(usd);

/** How many, with the digits that count. */
export const quantity = (count: number): string =>
  count >= 100 ? whole.format(count) : small.format(count);

/** A price as people say it: 0.20 / million requests. */
export const priceText = ({ usd, per, unit }: Price): string => {
  const so = per === 1_000_000 ? 'million ' : per === 1 ? '' : `${whole.format(per)} `;
  return `${exact.format(usd)} / ${so}${unit}${per === 1 ? '' : 's'}`;
};
