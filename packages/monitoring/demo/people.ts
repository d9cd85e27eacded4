import type { Random } from '@rookery/kernel/random';
import { deeds, faults, features } from './cast.ts';

const msPerMinute = 60_000;

const devices = [
  { device_type: 'desktop', browser: 'Firefox', os: 'Linux' },
  { device_type: 'desktop', browser: 'Chrome', os: 'Windows' },
  { device_type: 'mobile', browser: 'Safari', os: 'iOS' },
] as const;

// As often as its weight says: an item of weight 3 stands three times in the hat.
const weighted = <T extends { readonly weight: number }>(random: Random, items: readonly T[]): T =>
  random.pick(items.flatMap((item) => Array.from({ length: item.weight }, () => item)));

/** A person of the demo: the first of a tenant come almost every day, the later ones now and then. */
const userOf = (n: number): string => `user-${n + 1}`;

// Addresses that RFC 5737 keeps for documentation.
const addressOf = (user: number): string => `198.51.100.${(user % 250) + 1}`;

/** What one person does in one visit that starts at `at`: pages seen and features used, minutes apart. */
export const visitOf = (random: Random, user: number, at: Date): object[] => {
  const session_id = `s-${user + 1}-${Math.floor(at.getTime() / msPerMinute)}`;
  const who = {
    user_id: userOf(user),
    session_id,
    ip_address: addressOf(user),
    ...devices[user % devices.length],
  };
  return Array.from({ length: random.between(2, 7) }, (_, i) => {
    const { module, feature, seconds } = weighted(random, features);
    const used = i > 0;
    return {
      ...who,
      time: new Date(at.getTime() + i * random.between(1, 4) * msPerMinute).toISOString(),
      activity_type: used ? 'feature-use' : 'page-view',
      module,
      ...(used ? { feature, duration: random.between(1, 2 * seconds) } : {}),
      page_url: `/app/${module}`,
    };
  });
};

/** A report of something that went wrong for one person, or for nobody in particular. */
export const faultOf = (random: Random, user: number | null, at: Date): object => {
  const fault = weighted(random, faults);
  const message = fault.message(random.between(1, 9_999));
  return {
    occurred_at: at.toISOString(),
    message,
    error_type: fault.error_type,
    severity: fault.severity,
    stack_trace: [
      `${fault.error_type}: ${message}`,
      ...fault.frames.map((at) => `    at ${at}`),
    ].join('\n'),
    endpoint: fault.endpoint,
    environment: 'production',
    ...(user === null ? {} : { user_id: userOf(user) }),
  };
};

/** What an administrator did. */
export const deedOf = (random: Random, tenantId: string, at: Date): object => {
  const { action_type, resource_type, description } = random.pick(deeds);
  const user = random.between(0, 2);
  const denied = action_type === 'access-denied';
  return {
    time: at.toISOString(),
    user_id: userOf(user),
    user_email: `${userOf(user)}@${tenantId}.example`,
    user_role: 'tenant-admin',
    action_type,
    resource_type,
    resource_id: `${resource_type}-${random.between(1, 20)}`,
    description,
    outcome: denied ? 'failure' : 'success',
    ...(denied ? { failure_reason: 'the role may not' } : {}),
    ...(action_type === 'update'
      ? { before_data: { daily_limit: 40 }, after_data: { daily_limit: 50 } }
      : {}),
    ip_address: addressOf(user),
    module: 'administration',
  };
};
