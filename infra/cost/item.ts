import { prices, type Price, type PriceName } from './prices.ts';

/** The services that send a bill. */
export type Service =
  | 'Lambda'
  | 'SQS'
  | 'EventBridge'
  | 'API Gateway'
  | 'CloudWatch'
  | 'S3'
  | 'KMS'
  | 'Data transfer'
  | 'Neon';

/** So much of something in a month, with its arithmetic in words. */
export type Count = {
  readonly service: Service;
  readonly what: string;
  readonly count: number;
  readonly why: string;
  readonly price: PriceName;
};

/** A line of the bill: what is counted, what of it is billed, and what that costs. */
export type Item = Count & { readonly billed: number; readonly usd: number };

/** What counts cost. With `isFree` the monthly allowance of a price is taken off, once for all lines of that price. */
export const billed = (counts: readonly Count[], isFree: boolean): Item[] => {
  const left = new Map<PriceName, number>();
  return counts.map((each) => {
    const price: Price = prices[each.price];
    const allowance = isFree ? (left.get(each.price) ?? price.free ?? 0) : 0;
    const rest = Math.max(0, each.count - allowance);
    left.set(each.price, Math.max(0, allowance - each.count));
    return { ...each, billed: rest, usd: (rest * price.usd) / price.per };
  });
};
