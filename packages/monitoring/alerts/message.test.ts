import { expect, test } from 'vitest';
import { sentence } from './message.ts';
import type { Rule } from './rule.ts';

const slot = new Date('2026-03-01T08:05:00Z');
const usual: Rule = {
  tenantId: 'acme',
  id: 'one',
  metric: 'queue.depth',
  operator: 'gt',
  threshold: 0,
  recoveryThreshold: null,
  minSamples: 0,
  noData: 'ok',
  forSeconds: 0,
  keepFiringSeconds: 0,
  intervalSeconds: 60,
  lookbackSeconds: 300,
  windowMinutes: null,
  scope: {},
  isShadow: false,
  revision: 0,
};
const shop = { service_id: 'shop' };
const refused = { pattern: 'refused' };

test.each<[string, Partial<Rule>, Readonly<Record<string, string>>, number | null, number]>([
  ['Service shop is down', { metric: 'service.down' }, shop, 1, 0],
  ['Service shop is down for 4 minutes', { metric: 'service.down', operator: 'eq' }, shop, 1, 4],
  ['Service shop is not down', { metric: 'service.down', operator: 'lt' }, shop, 0, 0],
  ['Service shop has no known state for 1 minute', { metric: 'service.down' }, shop, null, 1],
  [
    'Checks of service shop: 3 contain "refused", at least 2, for 4 minutes',
    { metric: 'service.status', operator: 'contains', threshold: 2, scope: refused },
    shop,
    3,
    4,
  ],
  [
    'Checks of service shop: 1 contains "refused"',
    { metric: 'service.status', operator: 'contains', scope: refused },
    shop,
    1,
    0,
  ],
  [
    'Calls of integration crm, integration_type api: 2 do not contain "refused"',
    { metric: 'integration.status', operator: 'not-contains', threshold: 1, scope: refused },
    { integration_type: 'api', integration_id: 'crm' },
    2,
    0,
  ],
  [
    'Messages in queue mails, service shop is 7, above 0',
    {},
    { service_id: 'shop', queue: 'mails' },
    7,
    0,
  ],
  [
    'Errors of type TypeError, environment production is 7, above 0',
    { metric: 'error.count' },
    { environment: 'production', error_type: 'TypeError' },
    7,
    0,
  ],
  [
    '95th percentile latency of endpoint /v1, method GET is 7 ms, above 0 ms',
    { metric: 'request.p95' },
    { endpoint: '/v1', method: 'GET' },
    7,
    0,
  ],
])('%s', (said, rule, labels, value, minutes) => {
  const activeAt = new Date(slot.getTime() - minutes * 60_000);
  const told = { value, sample: null, activeAt, slot };
  expect(sentence({ ...usual, ...rule }, labels, told)).toBe(said);
});
