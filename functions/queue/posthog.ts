import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { sendRaw, type Message } from '@rookery/lambda/outbox';
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
    const { eventsQueueUrl } = readConfig(['eventsQueueUrl']);
    const forward = (bodies: readonly Message[]) => sendRaw(eventsQueueUrl, bodies);
    return takeBatch({ sink, judge: judgeBy(), forward }, messages, signal);
  },
});
