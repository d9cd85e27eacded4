import { batchFunction } from '@rookery/lambda/batch';
import { readConfig } from '@rookery/lambda/config';
import { routerForward } from '@rookery/lambda/event-queues';
import { writeMetrics as write } from '@rookery/lambda/emf';
import { sendMessages } from '@rookery/lambda/outbox';
import { packItems } from '@rookery/monitoring/ingest/message';
import { judgeBy } from '@rookery/telemetry/opened';
import { queuedMessage } from '@rookery/telemetry/queued';
import { metricsSink, type MetricPlaces } from '@rookery/telemetry/sinks/metrics';
import { takeBatch } from '@rookery/telemetry/take-batch';

/** Makes metrics of events about the system: in the monitoring tier, and in CloudWatch. */
export const handler = batchFunction({
  name: 'metrics',
  schema: queuedMessage,
  deadLetterUrl: () => readConfig(['metricsDlqUrl']).metricsDlqUrl,
  work: (messages, signal) => {
    const config = readConfig(['ingestQueueUrl', 'stage']);
    const parcel = { stream: 'performance-metrics', receivedAt: new Date() } as const;
    const send: MetricPlaces['send'] = (tenantId, items) =>
      sendMessages(config.ingestQueueUrl, packItems({ tenantId, ...parcel }, items));
    const sink = metricsSink({ send, write, stage: config.stage });
    return takeBatch({ sink, judge: judgeBy(), forward: routerForward() }, messages, signal);
  },
});
