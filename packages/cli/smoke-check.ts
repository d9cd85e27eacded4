import { styleText } from 'node:util';
import { describe } from '@rookery/kernel/failure';
import type { Stage } from './smoke-stage.ts';
import { widthOf, wrapped } from './wrap.ts';

/** What a check found; `skipped` is one that was not made, and says why. */
export type Finding = {
  readonly verdict: 'ok' | 'warn' | 'fail' | 'skipped';
  readonly found: string;
  /** What to do next. */
  readonly advice?: string;
  /** Why nothing else needs to be asked: what is there is no stage. */
  readonly stranger?: string;
};

/** A check of a deployed stage. */
export type SmokeCheck = {
  readonly name: string;
  /** What it cannot be made without. */
  readonly needs?: 'token' | 'write';
  readonly look: (stage: Stage) => Promise<Finding>;
};

/** A check that was made, or skipped, and how long it took. */
export type Checked = Finding & { readonly check: string; readonly ms: number };

const most = 5;

/** Faults as one finding, the first five by name; what is good when there are none. */
export const judged = (
  faults: readonly (string | false)[],
  good: string,
  advice: string,
): Finding => {
  const wrong = faults.filter((fault) => fault !== false);
  if (wrong.length === 0) return { verdict: 'ok', found: good };
  const more = wrong.length > most ? `; and ${wrong.length - most} more` : '';
  return { verdict: 'fail', found: `${wrong.slice(0, most).join('; ')}${more}`, advice };
};

const lacking = (needs: SmokeCheck['needs'], stage: Stage): string | undefined => {
  if (needs === 'token' && stage.token === undefined)
    return 'no token: give --token or --tenant, or set SMOKE_TOKEN';
  if (needs !== 'write') return undefined;
  if (!stage.isWriting) return 'it writes: give --write, and --api-key or --token';
  return stage.apiKey === undefined && stage.token === undefined
    ? 'no one to write as: give --api-key, or --token of an administrator'
    : undefined;
};

/** Makes one check; what breaks it is what was found, and what it lacks makes it skipped. */
export const examined = async (
  { name, needs, look }: SmokeCheck,
  stage: Stage,
): Promise<Checked> => {
  const why = lacking(needs, stage);
  if (why !== undefined) return { check: name, verdict: 'skipped', ms: 0, found: why };
  const before = performance.now();
  const finding = await look(stage).catch((error: unknown): Finding => ({
    verdict: 'fail',
    found: describe(error),
    advice: 'look at the logs of the function and of the gateway, then run it again',
  }));
  return { check: name, ms: Math.round(performance.now() - before), ...finding };
};

const signs = {
  ok: ['green', '✓'],
  warn: ['yellow', '▲'],
  fail: ['red', '✗'],
  skipped: ['dim', '–'],
} as const;

/** A check as lines for people: how it is, what was found, and what to do next. */
export const checkedLines = (checked: Checked, width: number): string => {
  const { check, verdict, ms, found, advice } = checked;
  const [colour, sign] = signs[verdict];
  const took = verdict === 'skipped' ? 'skipped' : `${ms} ms`;
  const hang = width + 12;
  const line = `${styleText(colour, sign)} ${check.padEnd(width)} ${took.padStart(8)}  ${found}`;
  const lines = advice === undefined ? [line] : [line, `${' '.repeat(hang)}→ ${advice}`];
  const room = widthOf(process.stdout);
  return lines.map((each, at) => wrapped(each, room, hang + 2 * at)).join('\n');
};
