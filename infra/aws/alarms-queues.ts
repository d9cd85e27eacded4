import { queues, type QueueName } from '../topology.ts';
import { counting, type Alarm, type Watched } from './alarm.ts';
import { oldestMinutes } from './thresholds.ts';

const names = Object.keys(queues) as QueueName[];

/** The dead-letter queues of the stage by name: one a queue, and those of the schedules and of the bus. */
export const deadLetterQueues = [
  ...names.map((name) => `${name}-dlq` as const),
  'firings-dlq',
  'bus-dlq',
] as const;

const lost = {
  'firings-dlq': {
    says: 'Something that a schedule fired was tried three times and given up. The message says which job and slot: read the log of its function, mend the cause; the next firing does the work of this one, and a redrive is not needed.',
    doc: 'docs/operations.md#dead-letters',
  },
  'bus-dlq': {
    says: 'EventBridge could not bring an event to its queue for a day. The message has the event, its attributes ERROR_CODE and RULE_ARN why: mend the policy of the queue, then send the event again.',
    doc: 'docs/operations.md#dead-letters',
  },
} as const;

const given = (name: string): Pick<Alarm<never>, 'says' | 'doc'> =>
  name === 'firings-dlq' || name === 'bus-dlq'
    ? lost[name]
    : {
        says: `Messages of ${name.replace(/-dlq$/, '')} were given up. rookery dlq show says why; mend the cause, then rookery dlq redrive.`,
        doc: 'docs/operations.md#dead-letters',
      };

/** Any message in a dead-letter queue: something was given up, and nobody else tells of it. */
export const deadLetterAlarms = <Text>({
  nameOf,
}: Watched<Text>): readonly Alarm<Text | string>[] =>
  deadLetterQueues.map((name) => ({
    ...counting,
    ...given(name),
    name: `dead-letters-${name.replace(/-dlq$/, '')}`,
    metrics: [
      {
        namespace: 'AWS/SQS',
        name: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: nameOf(name) },
        stat: 'Maximum',
      },
    ],
    periodSeconds: 300,
    periods: 1,
    wrongPeriods: 1,
  }));

// The section of docs/operations.md on what is wrong while a queue waits.
const waits = {
  aggregate: 'freshness-is-behind',
  reconcile: 'a-cell-looks-wrong',
  ingest: 'monitoring-figures-are-behind',
  retention: 'retention',
  probe: 'a-probe-says-down-and-it-is-not',
  notify: 'an-alert-did-not-come',
  events: 'events-are-refused',
  posthog: 'posthog-or-the-siem-is-down',
  siem: 'posthog-or-the-siem-is-down',
  metrics: 'posthog-or-the-siem-is-down',
  console: 'posthog-or-the-siem-is-down',
} as const satisfies Record<QueueName, string>;

/** A message that waits for too long: its consumer is too slow, cannot keep up, or fails at it again and again. */
export const oldestAlarms = <Text>({ nameOf }: Watched<Text>): readonly Alarm<Text | string>[] =>
  names.map((name) => ({
    ...counting,
    name: `oldest-${name}`,
    says: `A message of ${name} has been waiting for more than ${oldestMinutes[name]} minutes. Read the log of the function ${queues[name].function}: outcome retry says why it fails; if it does not fail, there is more than it can do, as in a backfill, and it will be done.`,
    doc: `docs/operations.md#${waits[name]}`,
    metrics: [
      {
        namespace: 'AWS/SQS',
        name: 'ApproximateAgeOfOldestMessage',
        dimensions: { QueueName: nameOf(name) },
        stat: 'Maximum',
      },
    ],
    wrong: { is: '>', than: oldestMinutes[name] * 60 },
    periodSeconds: 300,
    periods: 1,
    wrongPeriods: 1,
  }));
