import { database } from '@rookery/lambda/database';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { recountIntegrations } from '@rookery/monitoring/integrations/recount';

/** Every five minutes: the figures of the last 24 hours and the state of each integration. */
export const handler = scheduleFunction({
  jobs: ['integrations'],
  run: async ({ slot }) => {
    const { integrations } = await recountIntegrations(database('ops'), slot);
    return { unit: 'integrations', rows: integrations };
  },
});
