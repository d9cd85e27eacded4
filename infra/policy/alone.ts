import type { Rule } from '../rules/rule.ts';

// Rules whose faults show in one resource, whatever else there is. Any other rule would take what comes later for missing.
const alone: ReadonlySet<string> = new Set([
  'alarms-within-limits',
  'batch-fails-in-part',
  'batch-within-limits',
  'browsers-may-ask',
  'bucket-is-emptied-only-where-it-may',
  'bucket-names-fit',
  'function-has-its-time-and-memory',
  'function-knows-what-it-uses',
  'function-runs-on-node-24-arm64',
  'function-that-logs-in-is-bounded',
  'function-within-limits',
  'gateway-holds-off-too-much',
  'gateway-outlasts-its-functions',
  'login-is-pooled',
  'names-fit',
  'nothing-else-is-made',
  'policies-fit',
  'policy-has-no-wildcard',
  'production-database-is-only-looked-at',
  'queue-has-dead-letters',
  'queue-hides-for-six-timeouts',
  'queue-is-encrypted',
  'queue-keeps-two-weeks',
  'queue-within-limits',
  'retries-within-limits',
  'role-has-no-managed-policy',
  'schedule-fires-as-on-a-laptop',
  'schedule-tells-its-slot',
]);

/** Whether a rule can say no to a resource by itself, before it is made. */
export const isJudgedAlone = ({ name }: Pick<Rule, 'name'>): boolean => alone.has(name);

/** The rules that say no before a resource is made: all others wait for the end. */
export const judgedAlone: readonly string[] = [...alone];
