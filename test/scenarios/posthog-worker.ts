import { SQSClient } from '@aws-sdk/client-sqs';
import { handler } from '../../functions/queue/posthog.ts';
import { consume } from '../../infra/local/event-source.ts';
import { contextOf } from './function-room.ts';

// The worker of posthog-freeze.test.ts, a process of its own that can be stopped: it works off one queue until the test ends.
process.once('disconnect', () => process.exit());
consume({
  client: new SQSClient({}),
  name: 'posthog',
  url: process.env['POSTHOG_QUEUE_URL'] ?? '',
  batchSize: 2,
  maxConcurrency: 2,
  invoke: (event) => handler(event, contextOf(20_000)),
  onError: (line) => process.stderr.write(`${line}\n`),
  backoffSeconds: () => 0,
});
