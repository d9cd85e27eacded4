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
  /** Of a schedule: whose firing it was, the time that stands for it, and how long after that it was done. */
  readonly job?: string;
  readonly slot?: string;
  readonly lag_ms?: number;
};

// As Lambda names and orders them; SILENT is above all.
const ranks = { TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4, FATAL: 5, SILENT: 6 } as const;

const isLevel = (name: string): name is keyof typeof ranks => Object.hasOwn(ranks, name);

const least = (wanted = ''): number => {
  const name = wanted.toUpperCase();
  return ranks[isLevel(name) ? name : 'INFO'];
};

// The cause is what went wrong; the rest of the chain says where.
const toJson = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? {
        ...Object.fromEntries(Object.entries(value)),
        name: value.name,
        message: value.message,
        stack: value.stack,
        ...(value.cause === undefined ? {} : { cause: value.cause }),
      }
    : value;

/**
 * Writes one JSON line; nothing below LOG_LEVEL, INFO when unset.
 * By hand: the logger of powertools was 8 of the 120 KB that a read function may weigh, 2026-11.
 */
export const log = (
  level: 'INFO' | 'WARN' | 'ERROR',
  message: string,
  fields: Readonly<Record<string, unknown>>,
): void => {
  if (ranks[level] < least(process.env['LOG_LEVEL'])) return;
  const line = { level, timestamp: new Date().toISOString(), service: 'rookery', message };
  process.stdout.write(`${JSON.stringify({ ...line, ...fields }, toJson)}\n`);
};

/** Any thrown value as an Error, for a log line. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(describe(thrown));

const levels = { done: 'INFO', retry: 'WARN', dead: 'ERROR' } as const;

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
  log(levels[line.outcome], `${line.unit} ${line.outcome}`, { ...line, ...wrong });
};
