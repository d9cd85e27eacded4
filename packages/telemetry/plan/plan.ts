import { adminUi } from './admin-ui.ts';
import { business } from './business.ts';
import { email } from './email.ts';
import type { Plan } from './entry.ts';
import { infra } from './infra.ts';
import { security } from './security.ts';

/** The tracking plan: every event there is. An event that is not here is taken by no door. */
export const plan = {
  ...email,
  ...security,
  ...infra,
  ...business,
  ...adminUi,
} as const satisfies Plan;

/** The name of an event of the plan. */
export type EventName = keyof typeof plan;
