import type { SpecOf } from '@rookery/http/probes';
import { Failure } from '@rookery/kernel/failure';
import { codeOf } from './code.ts';
import { failed, judged, soft, type Fault } from './finding.ts';
import type { Depth, Probe } from './probe.ts';

const faultsOf = (spec: SpecOf<'sqs'>, depth: Depth): Fault[] => {
  const faults: Fault[] = [];
  const { visible, dead } = depth;
  if (visible > spec.max_depth)
    faults.push(failed(`${visible} messages wait, more than ${spec.max_depth}`));
  else if (spec.warn_depth !== undefined && visible > spec.warn_depth)
    faults.push(soft(`${visible} messages wait, more than ${spec.warn_depth}`));
  if (dead > spec.max_dead)
    faults.push(soft(`there are ${dead} dead letters, more than ${spec.max_dead}`));
  return faults;
};

/** Asks how full a queue of the platform is. */
export const probeSqs: Probe<'sqs'> = async (spec, context) => {
  if (context.depthOf === undefined)
    throw new Failure('missing', 'probe-not-here', 'queues of the platform cannot be asked here');
  const began = performance.now();
  const depth = await context.depthOf(spec.queue, context.signal).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    const code = codeOf(error);
    throw new Failure('unavailable', 'queue-silent', `SQS does not answer${code && ` (${code})`}`, {
      cause: error,
    });
  });
  return judged(performance.now() - began, faultsOf(spec, depth), { ...depth });
};
