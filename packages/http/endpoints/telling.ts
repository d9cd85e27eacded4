import {
  escalationPolicyChangeEndpoints,
  escalationPolicyEndpoints,
} from './escalation-policies.ts';
import { noticeChangeEndpoints, noticeEndpoints } from './notices.ts';
import { notificationTargetEndpoints } from './notification-targets.ts';

/** Who is told of alerts, where, and who was, to read. */
export const noticeGroup = {
  ...escalationPolicyEndpoints,
  ...notificationTargetEndpoints,
  ...noticeEndpoints,
} as const;

/** The same without targets, whose secrets are sealed by a function of their own, to change. */
export const noticeChangeGroup = {
  ...escalationPolicyChangeEndpoints,
  ...noticeChangeEndpoints,
} as const;
