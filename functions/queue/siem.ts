import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { ndjsonPlace } from '@rookery/lambda/ndjson-place';
import { sendRaw, type Message } from '@rookery/lambda/outbox';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { siemSink } from '@rookery/telemetry/sinks/siem';
import { siemObjects } from '@rookery/telemetry/sinks/siem-objects';
import { takeBatch } from '@rookery/telemetry/take-batch';

/** Lays security events down in the security log: a SIEM at a URL, or objects in a folder or bucket. */
export const handler = batchFunction({
  name: 'siem',
  schema: queuedMessage,
  deadLetterUrl: () => readConfig(['siemDlqUrl']).siemDlqUrl,
  work: (messages, signal) => {
    const { siemPlace: place, ...rest } = readConfig(['eventsQueueUrl', 'siemPlace', 'siemToken']);
    const sink = /^https?:/.test(place)
      ? siemSink(ndjsonPlace({ url: place, token: rest.siemToken }))
      : siemObjects(archivePlace(place).write);
    const forward = (bodies: readonly Message[]) => sendRaw(rest.eventsQueueUrl, bodies);
    return takeBatch({ sink, judge: judgeBy(), forward }, messages, signal);
  },
});
