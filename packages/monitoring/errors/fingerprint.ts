import { createHash } from 'node:crypto';
import { normalised } from './normalise.ts';
import { framesOf } from './stack.ts';

/** What an error is recognised by. */
export type Recognised = {
  readonly error_type: string;
  readonly message: string;
  readonly stack_trace?: string | undefined;
  /** What its sender says that it is recognised by, instead of message and stack. */
  readonly fingerprint?: string | undefined;
};

const framesCounted = 3;

/**
 * The fingerprint of an error (guide, requirements §6.6): SHA-256 in hex of its type, its normalised message and the three
 * innermost frames of our own code without their lines; or of its type and the fingerprint its sender gave.
 */
export const fingerprintOf = (error: Recognised): string => {
  const { error_type, message, stack_trace, fingerprint } = error;
  const frames = framesOf(stack_trace ?? '')
    .slice(0, framesCounted)
    .map(({ place, file }) => [place, file]);
  const parts =
    fingerprint === undefined
      ? [error_type, normalised(message), frames]
      : [error_type, { fingerprint }];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
};
