import { alertChangeEndpoints, alertEndpoints } from './alerts.ts';
import { alertRuleChangeEndpoints, alertRuleEndpoints } from './alert-rules.ts';
import {
  escalationPolicyChangeEndpoints,
  escalationPolicyEndpoints,
} from './escalation-policies.ts';
import { inhibitionChangeEndpoints, inhibitionEndpoints } from './inhibitions.ts';
import {
  maintenanceWindowChangeEndpoints,
  maintenanceWindowEndpoints,
} from './maintenance-windows.ts';
import { noticeChangeEndpoints, noticeEndpoints } from './notices.ts';
import {
  notificationTargetChangeEndpoints,
  notificationTargetEndpoints,
} from './notification-targets.ts';
import { serviceChangeEndpoints, serviceEndpoints } from './services.ts';
import { silenceChangeEndpoints, silenceEndpoints } from './silences.ts';

/** What is watched and who is told, to read. */
export const alertGroup = {
  ...alertRuleEndpoints,
  ...alertEndpoints,
  ...silenceEndpoints,
  ...inhibitionEndpoints,
  ...escalationPolicyEndpoints,
  ...notificationTargetEndpoints,
  ...noticeEndpoints,
} as const;

/** Rules and alerts, and what keeps people from being told, to change. */
export const alertChangeGroup = {
  ...alertRuleChangeEndpoints,
  ...alertChangeEndpoints,
  ...silenceChangeEndpoints,
  ...inhibitionChangeEndpoints,
  ...escalationPolicyChangeEndpoints,
} as const;

/** Where notices go, to change. */
export const noticeChangeGroup = {
  ...notificationTargetChangeEndpoints,
  ...noticeChangeEndpoints,
} as const;

/** Services and when they may be down, to read. */
export const serviceGroup = { ...serviceEndpoints, ...maintenanceWindowEndpoints } as const;

/** The same, to change. */
export const serviceChangeGroup = {
  ...serviceChangeEndpoints,
  ...maintenanceWindowChangeEndpoints,
} as const;
