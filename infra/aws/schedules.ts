import { schedules, type ScheduleSpec } from '../topology.ts';
import { awsCron } from './cron.ts';
import type { Functions } from './functions.ts';
import { logical, physical } from './names.ts';
import { trust } from './policy.ts';
import type { Stage } from './stage.ts';

// EventBridge Scheduler puts the time that a firing stands for in its place, in whole seconds UTC.
const slot = '<aws.scheduler.scheduled-time>';

/**
 * The schedules of a stage, each at its cadence there; one that is off is not made. What EventBridge could not hand to Lambda
 * waits in `dead`; what Lambda took and failed at waits there too (functions.ts).
 */
export const makeSchedules = (stage: Stage, functions: Functions, dead: sst.aws.Queue): void => {
  // EventBridge counts what it drops by group: each stage has its own.
  const group = new aws.scheduler.ScheduleGroup('Jobs', { name: physical('jobs') });
  for (const [name, spec] of Object.entries<ScheduleSpec>(schedules)) {
    const cadence = spec.cadence[stage.kind];
    if (cadence === 'off') continue;
    new sst.aws.CronV2(`${logical(name)}Schedule`, {
      function: functions[spec.function as keyof Functions].arn,
      schedule: awsCron(cadence),
      timezone: spec.timezone,
      retries: spec.retries,
      dlq: dead.arn,
      event: { job: spec.job, scheduledTime: slot },
      transform: {
        schedule: (args) => {
          args.name = physical(name);
          args.groupName = group.name;
        },
        role: (args) => {
          args.assumeRolePolicy = trust('scheduler');
        },
      },
    });
  }
};
