import { assumed } from './assumptions.ts';
import { quantity } from './figures.ts';
import type { Count } from './item.ts';
import { busEvents, firings, messagesOf, type Month } from './messages.ts';

const secondsPerHour = 3_600;
const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

/** What queues take: Lambda asks each of them all month long, whether anything is there or not. */
export const queueCounts = (month: Month): Count[] => {
  const names = Object.keys(month.plan.queues);
  const polls =
    (assumed('pollers') * assumed('monthHours') * secondsPerHour) / assumed('pollSeconds');
  const messages = sum(names.map((name) => messagesOf(month, name)));
  return [
    {
      service: 'SQS',
      what: 'idle polls',
      count: names.length * polls,
      price: 'sqsRequest',
      why:
        `${names.length} queues × ${assumed('pollers')} pollers × ${assumed('monthHours')} h, ` +
        `a poll each ${assumed('pollSeconds')} s`,
    },
    {
      service: 'SQS',
      what: 'messages',
      count: messages * assumed('requestsPerMessage'),
      price: 'sqsRequest',
      why: `${quantity(messages)} messages × send, receive, delete`,
    },
  ];
};

/** What the bus and the schedules take. */
export const busCounts = (month: Month): Count[] => [
  {
    service: 'EventBridge',
    what: 'events',
    count: busEvents(month),
    price: 'busEvent',
    why: 'each aggregation that is done, and events that come by the bus',
  },
  {
    service: 'EventBridge',
    what: 'firings',
    count: sum(Object.keys(month.plan.schedules).map((name) => firings(month, name))),
    price: 'schedulerInvocation',
    why: 'each firing of each schedule that is on',
  },
];
