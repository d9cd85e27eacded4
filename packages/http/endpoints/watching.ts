import {
  maintenanceWindowChangeEndpoints,
  maintenanceWindowEndpoints,
} from './maintenance-windows.ts';
import { serviceChangeEndpoints, serviceEndpoints } from './services.ts';

/** Services and when they may be down, to read. */
export const serviceGroup = { ...serviceEndpoints, ...maintenanceWindowEndpoints } as const;

/** The same, to change. */
export const serviceChangeGroup = {
  ...serviceChangeEndpoints,
  ...maintenanceWindowChangeEndpoints,
} as const;
