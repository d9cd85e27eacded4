import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorEndpoints } from '@rookery/http/endpoints/errors';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, codeOf, fieldOf, jsonOf, typeOf, type Answer, type Stage } from './smoke-stage.ts';

const environment = 'smoke-test';
const pauseMs = 500;
// What was sent twice must not come late and count after all.
const settleMs = 2_000;

const send = (stage: Stage, id: string, key: string, at: string): Promise<Answer> =>
  ask(stage, '/v1/ingest/errors', {
    method: 'POST',
    isSigned: stage.apiKey === undefined,
    headers: {
      'idempotency-key': key,
      ...(stage.apiKey === undefined ? {} : { 'x-api-key': stage.apiKey }),
    },
    body: {
      items: [
        {
          id,
          occurred_at: at,
          error_type: 'SmokeTest',
          severity: 'debug',
          environment,
          fingerprint: id,
          message: `smoke test ${id}`,
        },
      ],
    },
  });

const refusalOf = (answer: Answer): string | false =>
  !(answer.status === 202 && fieldOf(jsonOf(answer), 'accepted') === 1) &&
  `status ${answer.status}, ${codeOf(answer) ?? `${typeOf(answer)} ${answer.text.slice(0, 200)}`}`;

// How often the item was counted; undefined while it is not there.
const countOf = async (stage: Stage, id: string): Promise<number | undefined> => {
  const search = new URLSearchParams({ environment, error_type: 'SmokeTest', limit: '100' });
  const answer = await ask(stage, `/v1/errors?${search.toString()}`, { isSigned: true });
  const parsed = errorEndpoints.listErrors.response.safeParse(jsonOf(answer));
  return parsed.data?.data.find(({ message }) => message.includes(id))?.occurrence_count;
};

const counted = async (stage: Stage, id: string): Promise<string | false> => {
  const until = performance.now() + stage.timeoutMs;
  while ((await countOf(stage, id)) === undefined) {
    if (performance.now() > until)
      return `what was taken is not in /v1/errors after ${stage.timeoutMs / 1_000} s`;
    await sleep(pauseMs);
  }
  await sleep(settleMs);
  const count = await countOf(stage, id);
  return count !== 1 && `it was counted ${count ?? 'no'} times`;
};

const ingest = async (stage: Stage): Promise<Finding> => {
  const [id, key] = [randomUUID(), randomUUID()];
  const at = new Date().toISOString();
  const first = await send(stage, id, key, at);
  const again = await send(stage, id, key, at);
  // Under another key it goes through the queue once more: there the worker knows its id.
  const anew = await send(stage, id, randomUUID(), at);
  const faults: (string | false)[] = [
    ...[first, again, anew].map(refusalOf),
    first.headers.has('idempotency-replayed') && 'the first was taken for a repeat',
    again.headers.get('idempotency-replayed') !== 'true' && 'the repeat was not known as one',
  ];
  const isTaken = !faults.some((fault) => fault !== false);
  if (isTaken && stage.token !== undefined) faults.push(await counted(stage, id));
  return judged(
    faults,
    stage.token === undefined
      ? 'taken, and its repeat is known; whether it was counted was not looked at: no --token'
      : 'sent three times and counted once, by way of the queue',
    'look at the key’s scope (errors) and tenant, which is the token’s; then at the logs of ingest and ingestWorker and at rookery dlq ls',
  );
};

/** What is sent in. It leaves one group of errors of the environment smoke-test behind, of the severity debug. */
export const writeChecks: readonly SmokeCheck[] = [
  { name: 'ingest', needs: 'write', look: ingest },
];
