// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { logUnit, type Unit } from './log.ts';

/** One firing of a schedule: the time it stands for, whenever it really runs. Retries carry the same slot. */
export type Firing = { readonly slot: Date; readonly remainingMs: () => number };

/** A schedule's function: the job it answers to and the work for one slot. */
export type ScheduleFunction = {
  readonly job: string;
  readonly run: (firing: Firing) => Promise<Unit>;
};

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
// EventBridge Scheduler sends our fixed input; an EventBridge rule sends its own envelope.
const fixedInput = z.object({ job: z.string(), scheduledTime: instant });
const ruleEvent = z.object({ 'detail-type': z.literal('Scheduled Event'), time: instant });

const slotOf = (job: string, event: unknown): Date => {
  const fixed = fixedInput.safeParse(event);
  if (fixed.success) {
    if (fixed.data.job === job) return fixed.data.scheduledTime;
    throw new Failure('invalid', 'job-unknown', `this function runs ${job}, not ${fixed.data.job}`);
  }
  const rule = ruleEvent.safeParse(event);
  if (rule.success) return rule.data.time;
  throw new Failure(
    'invalid',
    'schedule-event-invalid',
    `the event is neither {job, scheduledTime} nor a Scheduled Event: ${z.prettifyError(fixed.error)}`,
  );
};

/** Makes a Lambda handler of a schedule. It throws when the job fails, so that Lambda retries the same slot. */
export const scheduleFunction = ({ job, run }: ScheduleFunction) => {
  const fire = async (event: unknown, context: Context): Promise<Unit> => {
    const started = performance.now();
    const ms = (): number => Math.round(performance.now() - started);
    const request_id = context.awsRequestId;
    try {
      const slot = slotOf(job, event);
      const unit = await run({ slot, remainingMs: () => context.getRemainingTimeInMillis() });
      logUnit({ ...unit, ms: ms(), outcome: 'done', request_id });
      return unit;
    } catch (error) {
      logUnit({ unit: job, rows: 0, ms: ms(), outcome: 'retry', request_id }, error);
      throw error;
    }
  };
  return middy<unknown, Unit>()
    .before(({ context }) => {
      context.callbackWaitsForEmptyEventLoop = false;
    })
    .handler(fire);
};
