import { checkpointSeal } from '@rookery/lambda/checkpoint-seal';
import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { log } from '@rookery/lambda/log';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { refuseBroken, runCheckpoint } from '@rookery/warehouse/audit/checkpoint-run';
import { shelfAt } from '@rookery/warehouse/audit/checkpoint-shelf';

/** Hourly: signs how far the audit of each tenant is, outside the database; fails loudly where a chain does not hold. */
export const handler = scheduleFunction({
  jobs: ['checkpoints'],
  run: async ({ slot }) => {
    const { signKey, checkpointPlace } = readConfig(['signKey', 'checkpointPlace']);
    const shelf = shelfAt(archivePlace(checkpointPlace), new Date());
    const bench = { db: database('ops'), shelf, ...(await checkpointSeal(signKey, shelf)) };
    const { heads, ...ran } = await runCheckpoint(bench, slot, () => new Date());
    if (ran.broken.length > 0) log('ERROR', 'audit chain broken', { broken: ran.broken });
    refuseBroken(ran.broken);
    return { unit: 'checkpoints', rows: heads, ...ran };
  },
});
