import type { Context } from 'aws-lambda';
import { PostHog } from 'posthog-node';
import { admitEvent } from '@rookery/telemetry/admit';
import { packAdmitted } from '@rookery/telemetry/message';
import { shownTo } from '@rookery/telemetry/route';
import { captureOf } from '@rookery/telemetry/sinks/posthog';
import { handler } from '../../functions/queue/posthog.ts';
import { recordOf } from '../../infra/local/event-source.ts';
import { competeHere } from './measure-here.ts';
import { clicksOf } from './telemetry-events.ts';

// Run by question-telemetry-posthog.ts in a process of its own, whose memory is that of the function and of nothing else.
const [repeats = '1', contest = 'both'] = process.argv.slice(2);
const host = process.env['POSTHOG_HOST'] ?? '';
const receivedAt = new Date();
const arrival = { tenantId: 'heron', door: 'http', receivedAt } as const;
const envelopes = Array.from({ length: 10 }, (_, n) =>
  clicksOf(receivedAt, 500 * n).map((event) => {
    const admission = admitEvent(event, arrival);
    if ('rejected' in admission) throw new Error(admission.rejected.reason);
    return shownTo('posthog', admission.envelope);
  }),
);
const messages = envelopes.flatMap(packAdmitted);
const batch = {
  Records: messages.map((message, n) =>
    recordOf('posthog', {
      MessageId: `m${n}`,
      ReceiptHandle: `r${n}`,
      Body: JSON.stringify(message),
      Attributes: { SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' },
    }),
  ),
};
// No more of it is asked for, and the whole one of the tests brings an SQS into the memory.
const context = { getRemainingTimeInMillis: () => 30_000 } as Context;
const worker = {
  run: async () => {
    const { batchItemFailures } = await handler(batch, context);
    if (batchItemFailures.length > 0) throw new Error('a batch was not delivered');
  },
};

const captures = contest === 'both' ? envelopes.map((some) => some.map(captureOf)) : [];
const bare = {
  run: async () => {
    const client = new PostHog('phc_local', {
      host,
      flushAt: 501,
      maxQueueSize: 501,
      flushInterval: 0,
      disableGeoip: true,
    });
    for (const some of captures) {
      for (const capture of some) client.capture(capture);
      await client.flush();
    }
  },
};
const run = await competeHere(Number(repeats), {
  worker,
  ...(contest === 'both' ? { bare } : {}),
});
console.log(
  JSON.stringify({
    ...run,
    messages: messages.length,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  }),
);
process.exit();
