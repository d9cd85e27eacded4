import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { log } from '@rookery/lambda/log';
import { probeSurroundings } from '@rookery/lambda/probe-surroundings';
import { queueFunction } from '@rookery/lambda/queue';
import { writeFindings } from '@rookery/monitoring/health/check';
import { probeMessage } from '@rookery/monitoring/health/message';
import { findingsOf, targetsOf } from '@rookery/monitoring/health/target';
import { runProbes } from '@rookery/probe/run';

/** Checks the services of one message all at once, and notes what was found. */
export const handler = queueFunction({
  name: 'probe',
  schema: probeMessage,
  deadLetterUrl: () => readConfig(['probeDlqUrl']).probeDlqUrl,
  handle: async (message) => {
    const ops = database('ops');
    const run = await runProbes(await targetsOf(ops, message), probeSurroundings());
    for (const bug of run.bugs) log('ERROR', 'a probe has a fault', { bug });
    const written = await writeFindings(ops, new Date(message.slot), findingsOf(message, run));
    return { unit: 'probe', rows: written.checks, ...written, is_cut_off: run.isCutOff };
  },
});
