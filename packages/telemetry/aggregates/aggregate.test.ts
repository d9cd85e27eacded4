import { expect, test } from 'vitest';
import { plan, type EventName } from '../plan/plan.ts';
import { sinksOf } from '../route.ts';
import { externalAggregates } from './aggregate.ts';

const isEvent = (name: string): name is EventName => Object.hasOwn(plan, name);

test.each(Object.entries(externalAggregates))(
  '%s counts an event that PostHog gets whole',
  (_, { event }) => {
    expect(isEvent(event)).toBe(true);
    const entry = plan[event];
    expect(sinksOf(entry)).toContain('posthog');
    expect('sample' in entry ? entry.sample : undefined).toBeUndefined();
  },
);
