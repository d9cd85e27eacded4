import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { routerForward } from '@rookery/lambda/event-queues';
import { log } from '@rookery/lambda/log';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { consoleSink } from '@rookery/telemetry/sinks/console';
import { takeBatch } from '@rookery/telemetry/take-batch';

const sink = consoleSink((fields) => {
  log('INFO', 'event', fields);
});

/** Writes events into the log of the function. */
export const handler = batchFunction({
  name: 'console',
  schema: queuedMessage,
  deadLetterUrl: () => readConfig(['consoleDlqUrl']).consoleDlqUrl,
  work: (messages, signal) => {
    return takeBatch({ sink, judge: judgeBy(), forward: routerForward() }, messages, signal);
  },
});
