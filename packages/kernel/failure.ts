/** Whose move it is when something goes wrong. `unavailable` is the only kind that is worth retrying. */
export type FailureKind = 'invalid' | 'forbidden' | 'missing' | 'conflict' | 'unavailable';

/**
 * The one error we raise on purpose. `code` is stable (kebab-case) and `message` says what to do next.
 * Everything that is not a Failure is a bug: it is logged whole and retried by the queue.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly code: string;

  constructor(kind: FailureKind, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.code = code;
  }
}

/** True when trying again can never help, so a message that caused it belongs in the dead-letter queue now. */
export const isPermanent = (error: unknown): error is Failure =>
  error instanceof Failure && error.kind !== 'unavailable' && error.kind !== 'conflict';

/** True when the reason may pass: what failed for it is no fault of the data or of who asked. */
export const isPassing = (error: unknown): error is Failure =>
  error instanceof Failure && error.kind === 'unavailable';

/** One line about any thrown value, for a log or a reason attribute: never empty. */
export const describe = (error: unknown): string => {
  if (error instanceof Failure) return `${error.code}: ${error.message}`;
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return `unknown error: ${JSON.stringify(error) ?? String(error)}`;
};
