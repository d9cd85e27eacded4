import { expect, test } from 'vitest';
import { busRules } from './bus-rules.ts';
import { judgeBy, openMessage, type Queued } from './opened.ts';
import { plan } from './plan/plan.ts';
import { queuedMessage } from './queued.ts';
import { sinkNames } from './sink.ts';

const sentAt = new Date('2026-11-21T12:00:00Z');
const overBus = (event: string, properties: object): Queued => {
  const detail = { tenant_id: 'heron', properties };
  const body = JSON.stringify({ id: 'b', source: 'penguinmails', 'detail-type': event, detail });
  return { messageId: 'm', sentAt, message: queuedMessage.parse(JSON.parse(body)), body };
};

// The queues of sinks that the rules of the bus bring an event to.
const queuesOf = (event: string): string[] =>
  busRules().flatMap(({ pattern, queue }) =>
    pattern['detail-type'].some((one) => 'prefix' in one && event.startsWith(one.prefix))
      ? [queue]
      : [],
  );
// The sinks that send what they get of it to the router.
const forwarders = (event: string, properties: object): string[] =>
  sinkNames.filter(
    (sink) =>
      queuesOf(event).includes(sink) &&
      openMessage(overBus(event, properties), sink, judgeBy()).rejected.length > 0,
  );

test.each(Object.entries(plan))(
  'of %s, when something is wrong in it, the router hears from the sinks that it is meant for alone',
  (event, { sinks }) => {
    expect(forwarders(event, { wrong: 1 })).toEqual(
      sinkNames.filter((sink) => sinks.includes(sink as never)),
    );
  },
);

test('of a name that nobody planned it hears from each sink that has it, for none knows of the others', () => {
  expect(queuesOf('security_seen')).toEqual(['siem', 'console']);
  expect(forwarders('security_seen', {})).toEqual(['siem', 'console']);
});
