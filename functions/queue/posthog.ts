import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { sendRaw } from '@rookery/lambda/outbox';
import { sendToPosthog } from '@rookery/lambda/posthog';
import { admitBusEvent, admitEvent } from '@rookery/telemetry/admit';
import { queuedMessage } from '@rookery/telemetry/queued';
import { posthogSink } from '@rookery/telemetry/sinks/posthog';
import { takeBatch } from '@rookery/telemetry/take-batch';

const sink = posthogSink(sendToPosthog);
const judge = { event: admitEvent, busEvent: admitBusEvent };

/** Delivers a batch of events to PostHog; they have arrived there when a message is acknowledged. */
export const handler = batchFunction({
  name: 'posthog',
  schema: queuedMessage,
  deadLetterUrl: () => readConfig(['posthogDlqUrl']).posthogDlqUrl,
  work: (messages, signal) => {
    const { eventsQueueUrl } = readConfig(['eventsQueueUrl']);
    const forward = (bodies: Parameters<typeof sendRaw>[1]) => sendRaw(eventsQueueUrl, bodies);
    return takeBatch({ sink, judge, forward }, messages, signal);
  },
});
