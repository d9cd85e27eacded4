import { alertChangeEndpoints } from './alerts.ts';
import { alertRuleChangeEndpoints } from './alert-rules.ts';

/** Rules and the alerts that they raise, to change. */
export const alertChangeGroup = { ...alertRuleChangeEndpoints, ...alertChangeEndpoints } as const;
