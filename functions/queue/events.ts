import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendBodies } from '@rookery/lambda/event-queues';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { countEach } from '@rookery/telemetry/rejected';
import { routeBatch } from '@rookery/telemetry/router';

const judge = judgeBy();

/** Takes events that are in no sink's queue where they belong; those that the plan refuses are counted and kept. */
export const handler = batchFunction({
  name: 'events',
  schema: queuedMessage,
  deadLetterUrl: () => readConfig(['eventsDlqUrl']).eventsDlqUrl,
  work: (messages) => {
    const count = countEach.bind(null, database('ingest'));
    return routeBatch({ judge, send: sendBodies, count }, messages);
  },
});
