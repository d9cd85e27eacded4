import { Logger } from '@aws-lambda-powertools/logger';
import { describe, Failure } from '@rookery/kernel/failure';

/** How a unit of work ended: done, to be tried again, or never to be tried again. */
export type Outcome = 'done' | 'retry' | 'dead';

/** What a handler says about the unit of work it did. */
export type Unit = {
  readonly tenant?: string;
  readonly unit: string;
  readonly rows: number;
};

/** One line of the log: a unit, how long it took and how it ended. */
export type UnitLine = Unit & {
  readonly ms: number;
  readonly outcome: Outcome;
  readonly message_id?: string;
  readonly request_id?: string;
};

const levels = { done: 'info', retry: 'warn', dead: 'error' } as const;

let logger: Logger | undefined;

/** The JSON logger of this process, made on first use; its level is LOG_LEVEL, INFO when unset. */
export const log = (): Logger => {
  logger ??= new Logger({ serviceName: 'rookery', ...level(process.env['LOG_LEVEL']) });
  return logger;
};

const known = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'] as const;
const level = (wanted: string | undefined): { logLevel?: (typeof known)[number] } => {
  const logLevel = known.find((name) => name === wanted?.toUpperCase());
  return logLevel === undefined ? {} : { logLevel };
};

/** Any thrown value as an Error, for a log line. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(describe(thrown));

/**
 * Writes the one line of a unit of work, on the way out.
 * A Failure adds its code and message; anything else is a bug and is logged whole, with its stack.
 */
export const logUnit = (line: UnitLine, error?: unknown): void => {
  const wrong =
    error === undefined
      ? {}
      : error instanceof Failure
        ? { code: error.code, reason: error.message }
        : { error: asError(error) };
  log()[levels[line.outcome]](`${line.unit} ${line.outcome}`, { ...line, ...wrong });
};
