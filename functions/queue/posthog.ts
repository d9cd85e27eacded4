import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { routerForward } from '@rookery/lambda/event-queues';
import { sendToPosthog } from '@rookery/lambda/posthog';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { posthogSink } from '@rookery/telemetry/sinks/posthog';
import { takeBatch } from '@rookery/telemetry/take-batch';

const sink = posthogSink(sendToPosthog);

/** Delivers a batch of events to PostHog; they have arrived there when a message is acknowledged. */
export const handler = batchFunction({
  name: 'posthog',
  schema: queuedMessage,
  deadLetterUrl: () => readConfig(['posthogDlqUrl']).posthogDlqUrl,
  work: (messages, signal) => {
    return takeBatch({ sink, judge: judgeBy(), forward: routerForward() }, messages, signal);
  },
});
