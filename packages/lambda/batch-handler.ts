// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { logUnit } from './log.ts';

/** Makes a Lambda handler of what answers a batch of a queue; whatever that throws is logged, and all of the batch comes again. */
export const batchHandler = (
  name: string,
  batch: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>,
) =>
  middy<SQSEvent, SQSBatchResponse>()
    .before(({ context }) => {
      // Pooled connections stay open between invocations: do not wait for them.
      context.callbackWaitsForEmptyEventLoop = false;
    })
    .onError(({ error }) => {
      logUnit({ unit: name, rows: 0, ms: 0, outcome: 'retry' }, error);
    })
    .handler(batch);
