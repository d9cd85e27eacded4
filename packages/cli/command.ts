import { isAbsolute, join } from 'node:path';
import { styleText } from 'node:util';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { isDay, type Day } from '@rookery/kernel/day';
import { Failure, type FailureKind } from '@rookery/kernel/failure';
import { openPlace, type Place, type Seat } from './place.ts';
import { createScreen, type Screen } from './screen.ts';

/** What a command found: for programs, for people, and whether all is well (exit 0) or not (exit 1). */
export type Answer = { readonly data: object; readonly text: string; readonly ok: boolean };

/** What every command is run with. */
export type Options = { readonly json?: boolean; readonly data: string };

/** The checkout. */
export const root = join(import.meta.dirname, '../..');

const exitCodes: Readonly<Record<FailureKind, number>> = {
  invalid: 2,
  forbidden: 2,
  missing: 2,
  conflict: 3,
  unavailable: 3,
};

/** What the numbers mean, for the help of every command. */
export const exitCodeHelp = `
Exit codes:
  0  done, and nothing wrong was found
  1  something is wrong: drift, a failed check, or an unexpected error
  2  the command, its input or the configuration is wrong
  3  something did not answer or is busy; try again`;

/** A command with `--json`, `--data` and its examples in the help. */
export const command = (name: string, summary: string, examples: readonly string[]): Command =>
  new Command(name)
    .description(summary)
    .option('--json', 'print the answer as JSON on standard output')
    .option('--data <dir>', 'where npm run dev keeps its data', '.rookery')
    .addHelpText(
      'after',
      `\nExamples:\n${examples.map((line) => `  npm run rookery -- ${line}`).join('\n')}\n${exitCodeHelp}`,
    );

/** Parses a day given on the command line. */
export const dayOption = (text: string): Day => {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('Write a day as YYYY-MM-DD.');
};

/** Where data lives: relative to the checkout, wherever the command is called from. */
export const dataDirOf = ({ data }: Options): string =>
  isAbsolute(data) ? data : join(root, data);

const fail = (error: unknown, json: boolean): void => {
  const known = error instanceof Failure;
  const message = error instanceof Error ? error.message : String(error);
  if (json)
    console.log(
      JSON.stringify({ error: { code: known ? error.code : 'unexpected', message } }, null, 2),
    );
  console.error(known ? `${error.code}: ${message}` : `unexpected error: ${message}`);
  if (process.env['DEBUG']) console.error(error);
  process.exitCode = known ? exitCodes[error.kind] : 1;
};

/** Runs the work of a command, prints its answer and sets the exit code; a failure is one line. */
export const answer = async (
  options: Options,
  work: (screen: Screen) => Promise<Answer>,
): Promise<void> => {
  const json = options.json === true;
  const screen = createScreen();
  try {
    const { data, text, ok } = await work(screen);
    console.log(json ? JSON.stringify(data, null, 2) : text);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    screen.clear();
    fail(error, json);
  }
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Works at a place that is closed afterwards, also when the command is interrupted: then it ends with 130. */
export const atPlace = async <T>(
  options: Options,
  needs: readonly Seat[],
  work: (place: Place) => Promise<T>,
): Promise<T> => {
  const place = await openPlace(dataDirOf(options), needs);
  // Which database this was matters afterwards; in a log it would be noise.
  if (process.stderr.isTTY) console.error(styleText('dim', `on ${place.where}`));
  let leaving = false;
  const leave = (): void => {
    leaving = true;
    console.error('\ninterrupted');
    place
      .close()
      .catch(() => {})
      .finally(() => process.exit(130));
  };
  for (const signal of signals) process.once(signal, leave);
  try {
    return await work(place);
  } catch (error) {
    // What breaks because its connections are being closed is no news.
    if (leaving) await new Promise(() => {});
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, leave);
    await place.close();
  }
};

/** The exit code for an error of commander itself: 0 for help, 2 for wrong usage. */
export const usageCode = (error: unknown): number | undefined =>
  error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : undefined;
