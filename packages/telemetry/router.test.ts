import { expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { judgeBy, type Queued } from './opened.ts';
import { plan } from './plan/plan.ts';
import { queuedMessage } from './queued.ts';
import { routeBatch } from './router.ts';

const judge = judgeBy();
const count = async (rejections: readonly unknown[]) => rejections.length;
const queuedOf = (event: object, n: number): Queued => {
  const received_at = '2026-11-21T12:00:00.000Z';
  const message = { tenant_id: 'heron', door: 'http', received_at, events: [event] };
  const body = JSON.stringify(message);
  return { messageId: `m${n}`, sentAt: new Date(), message: queuedMessage.parse(message), body };
};

const opened = { id: 'a', event: 'email_opened', properties: plan.email_opened.example };
const latency = { id: 'b', event: 'infra_latency', properties: plan.infra_latency.example };
const unknown = { id: 'c', event: 'email_seen', properties: {} };

test('while one sink has no queue its messages come again, and those for the others are done', async () => {
  const gone = new Failure('unavailable', 'queue-unavailable', 'queue did not take 1 entries');
  const sent: string[] = [];
  const send = async (sink: string, bodies: readonly string[]) => {
    if (sink === 'metrics' && bodies.length > 0) throw gone;
    if (bodies.length > 0) sent.push(sink);
  };

  const routed = await routeBatch({ judge, send, count }, [opened, latency, unknown].map(queuedOf));

  expect([routed.retry, sent, routed.fault]).toEqual([['m1'], ['posthog'], gone]);
  expect(routed.dead.map(({ messageId }) => messageId)).toEqual(['m2']);
});

const broken = async () => {
  throw new TypeError('no such thing');
};

test('a fault of our own in sending is no reason to try again in parts: it goes up as it is', async () => {
  await expect(routeBatch({ judge, send: broken, count }, [queuedOf(opened, 0)])).rejects.toThrow(
    TypeError,
  );
});
