import { database } from '@rookery/lambda/database';
import { openPosthogQuery } from '@rookery/lambda/posthog-query';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { posthogAggregates } from '@rookery/telemetry/aggregates/posthog-query';
import { pull } from '@rookery/telemetry/aggregates/pull';
import { replaceDays } from '@rookery/warehouse/external/external';

/** Daily, where EXTERNAL_AGGREGATES is on: the few aggregates of product analytics that may come back, for seven days. */
export const handler = scheduleFunction({
  jobs: ['external-aggregates'],
  run: async ({ slot }) => {
    const post = openPosthogQuery();
    if (post === undefined) return { unit: 'external aggregates, off', rows: 0 };
    const source = posthogAggregates(post);
    const done = await pull(source, (days) => replaceDays(database('ops'), days), slot);
    return { unit: 'external aggregates', rows: done.written, ...done };
  },
});
