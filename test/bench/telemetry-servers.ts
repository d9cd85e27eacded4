import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';
import { startSqs } from '../../infra/local/queue.ts';

// Forked by the questions about telemetry: what is delivered to must not cost the process that is measured. It counts and
// takes everything; `GET /` tells what came since the last time it was asked.
const count = { requests: 0, bytes: 0 };
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(count));
    count.requests = 0;
    count.bytes = 0;
    return;
  }
  count.requests += 1;
  request.on('data', (chunk: Buffer) => {
    count.bytes += chunk.length;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"Ok"}');
  });
});
const spec = { visibilitySeconds: 30, maxReceiveCount: 10, retentionDays: 1 };
const port = await listenOnLoopback(server, 0);
const sqs = await startSqs({
  queues: { events: spec, posthog: spec, siem: spec, metrics: spec, console: spec },
  port: 0,
});
process.once('disconnect', () => {
  void Promise.all([closeServer(server), sqs.stop()]).finally(() => process.exit());
});
process.send?.({ counter: `http://127.0.0.1:${port}`, sqs: sqs.endpoint, urls: sqs.urls });
