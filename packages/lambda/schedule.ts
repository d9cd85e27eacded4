// oxlint-disable-next-line import/no-named-as-default -- its types only know the default export
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { logUnit, type Unit, type UnitLine } from './log.ts';

/** One firing of a schedule: the time it stands for, whenever it really runs. Retries carry the same slot. */
export type Firing<J extends string> = {
  readonly job: J;
  readonly slot: Date;
  readonly remainingMs: () => number;
};

/** A schedule's function: the jobs it answers to and the work for one slot of one of them. */
export type ScheduleFunction<J extends string> = {
  readonly jobs: readonly J[];
  readonly run: (firing: Firing<J>) => Promise<Unit>;
};

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
// EventBridge Scheduler sends our fixed input; an EventBridge rule sends its own envelope.
const fixedInput = z.object({ job: z.string(), scheduledTime: instant });
const ruleEvent = z.object({ 'detail-type': z.literal('Scheduled Event'), time: instant });

const slotOf = <J extends string>(
  jobs: readonly J[],
  event: unknown,
): { readonly job: J; readonly slot: Date } => {
  const fixed = fixedInput.safeParse(event);
  if (fixed.success) {
    const { job: named, scheduledTime: slot } = fixed.data;
    const job = jobs.find((known) => known === named);
    if (job !== undefined) return { job, slot };
    throw new Failure(
      'invalid',
      'job-unknown',
      `this function runs ${jobs.join(', ')}, not ${named}`,
    );
  }
  // A rule's envelope does not name the job, so it can only drive a function that has one.
  const rule = ruleEvent.safeParse(event);
  const [only, ...others] = jobs;
  if (rule.success && only !== undefined && others.length === 0)
    return { job: only, slot: rule.data.time };
  throw new Failure(
    'invalid',
    'schedule-event-invalid',
    `the event is neither {job, scheduledTime} nor a Scheduled Event of a single job: ${z.prettifyError(fixed.error)}`,
  );
};

/**
 * Makes a Lambda handler of a schedule. It throws when the job fails, so that Lambda retries the same slot.
 * A firing that is done says how long after its slot: infra/aws/log-filters.ts makes a metric of that, and alarms hang on it.
 */
export const scheduleFunction = <const J extends string>({ jobs, run }: ScheduleFunction<J>) => {
  const fire = async (event: unknown, context: Context): Promise<Unit> => {
    const started = performance.now();
    const ms = (): number => Math.round(performance.now() - started);
    const request_id = context.awsRequestId;
    let fired: Pick<UnitLine, 'job' | 'slot'> = {};
    try {
      const firing = slotOf(jobs, event);
      const { job, slot } = firing;
      fired = { job, slot: slot.toISOString() };
      const unit = await run({ ...firing, remainingMs: () => context.getRemainingTimeInMillis() });
      const lag_ms = Date.now() - slot.getTime();
      logUnit({ ...unit, ...fired, lag_ms, ms: ms(), outcome: 'done', request_id });
      return unit;
    } catch (error) {
      const line = { unit: jobs.join(', '), rows: 0, ...fired, ms: ms(), request_id };
      logUnit({ ...line, outcome: 'retry' }, error);
      throw error;
    }
  };
  return middy<unknown, Unit>()
    .before(({ context }) => {
      context.callbackWaitsForEmptyEventLoop = false;
    })
    .handler(fire);
};
