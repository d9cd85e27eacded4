import { database } from '@rookery/lambda/database';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { countUptime } from '@rookery/monitoring/health/uptime';

/** Every five minutes: the uptime of every service, by the hour and over 24 hours, 7 and 30 days. */
export const handler = scheduleFunction({
  jobs: ['uptime'],
  run: async ({ slot }) => {
    const { services, ...counted } = await countUptime(database('ops'), slot);
    return { unit: 'uptime', rows: services, ...counted };
  },
});
