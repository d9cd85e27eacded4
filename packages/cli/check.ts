import { styleText } from 'node:util';
import { describe } from '@rookery/kernel/failure';

/** One thing the doctor looked at: how it is, and what to do when it is not well. */
export type Check = {
  readonly check: string;
  readonly verdict: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly advice?: string;
};

/** A check that found nothing wrong. */
export const ok = (check: string, found: string): Check => ({ check, verdict: 'ok', found });

/** A check that found something to know about. */
export const warn = (check: string, found: string, advice: string): Check => ({
  check,
  verdict: 'warn',
  found,
  advice,
});

/** A check that found something broken. */
export const failed = (check: string, found: string, advice: string): Check => ({
  check,
  verdict: 'fail',
  found,
  advice,
});

/** Runs some checks; when they cannot be made at all, that is what is found. */
export const examine = async (
  check: string,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> => {
  try {
    return await look();
  } catch (error) {
    return [failed(check, describe(error), 'mend this first, then ask the doctor again')];
  }
};

const signs = { ok: ['green', '✔'], warn: ['yellow', '▲'], fail: ['red', '✖'] } as const;

/** The checks as lines for people. */
export const checkLines = (checks: readonly Check[]): string => {
  const width = Math.max(...checks.map(({ check }) => check.length));
  return checks
    .flatMap(({ check, verdict, found, advice }) => {
      const [colour, sign] = signs[verdict];
      const line = `${styleText(colour, `${sign} ${verdict.padEnd(4)}`)} ${check.padEnd(width)}  ${found}`;
      return advice === undefined ? [line] : [line, `${' '.repeat(width + 9)}→ ${advice}`];
    })
    .join('\n');
};
