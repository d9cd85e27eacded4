import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { routerForward } from '@rookery/lambda/event-queues';
import { ndjsonPlace } from '@rookery/lambda/ndjson-place';
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
    const { siemPlace: place, siemToken: token } = readConfig(['siemPlace', 'siemToken']);
    const sink = /^https?:/.test(place)
      ? siemSink(ndjsonPlace({ url: place, token }))
      : siemObjects(archivePlace(place).write);
    return takeBatch({ sink, judge: judgeBy(), forward: routerForward() }, messages, signal);
  },
});
