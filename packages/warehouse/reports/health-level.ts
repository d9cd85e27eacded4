import type { Day } from '@rookery/kernel/day';
import type { Range } from './ask.ts';

type Bucket = { readonly from: Day };
type Previous<B extends Bucket> = { readonly range: Range; readonly data: readonly B[] };
type Series<B extends Bucket, P extends Previous<B>> = {
  readonly data: readonly B[];
  readonly previous?: P;
};
type Level = { readonly bucket_from: Day };

/**
 * Adds to the buckets of a series, and of the one before when compared, what is no sum: the level on the last day with
 * facts of each. A bucket without facts has `none`: an older level is not its own.
 */
export const withLevels = async <
  B extends Bucket,
  P extends Previous<B>,
  S extends object,
  L extends Level,
>(
  { data, previous, ...rest }: S & Series<B, P>,
  range: Range,
  read: (range: Range) => Promise<readonly L[]>,
  none: Readonly<Record<Exclude<keyof L, 'bucket_from'>, null>>,
) => {
  const levelled = async (days: Range, buckets: readonly B[]) => {
    const levels = new Map(
      (await read(days)).map(({ bucket_from: from, ...level }) => [from, level]),
    );
    return buckets.map((bucket) => ({ ...bucket, ...none, ...levels.get(bucket.from) }));
  };
  return {
    ...rest,
    data: await levelled(range, data),
    ...(previous === undefined
      ? {}
      : { previous: { ...previous, data: await levelled(previous.range, previous.data) } }),
  };
};
