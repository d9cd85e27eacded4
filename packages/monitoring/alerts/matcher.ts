import { describe } from '@rookery/kernel/failure';
import { wholePattern, type Whole } from './pattern.ts';
import type { Labels } from './sample.ts';

/** How a matcher compares: equal, not equal, the whole value matches a pattern, or does not. */
export const matcherOps = ['=', '!=', '=~', '!~'] as const;

/** A condition on one label; a label that is not there has the empty value, as in Alertmanager. */
export type Matcher = {
  readonly label: string;
  readonly op: (typeof matcherOps)[number];
  readonly value: string;
};

const compiled = new WeakMap<Matcher, Whole>();

const wholeOf = (matcher: Matcher): Whole => {
  const known = compiled.get(matcher);
  if (known !== undefined) return known;
  const whole = wholePattern(matcher.value);
  compiled.set(matcher, whole);
  return whole;
};

const tests: Readonly<Record<Matcher['op'], (matcher: Matcher, value: string) => boolean>> = {
  '=': (matcher, value) => value === matcher.value,
  '!=': (matcher, value) => value !== matcher.value,
  '=~': (matcher, value) => wholeOf(matcher)(value),
  '!~': (matcher, value) => !wholeOf(matcher)(value),
};

/**
 * True when all matchers agree with the labels; no matchers agree with all. Fails with `pattern-invalid` for what
 * matcherFault finds.
 */
export const matches = (matchers: readonly Matcher[], labels: Labels): boolean =>
  matchers.every((matcher) =>
    tests[matcher.op](
      matcher,
      Object.hasOwn(labels, matcher.label) ? (labels[matcher.label] ?? '') : '',
    ),
  );

/** What is wrong with a matcher, in words; null when it can be used. */
export const matcherFault = (matcher: Matcher): string | null => {
  if (matcher.label === '') return 'a matcher names a label';
  if (!matcherOps.includes(matcher.op))
    return `a matcher compares with ${matcherOps.join(', ')}, not ${matcher.op}`;
  if (matcher.op === '=' || matcher.op === '!=') return null;
  try {
    wholeOf(matcher);
    return null;
  } catch (error) {
    return `${matcher.label} ${matcher.op} ${matcher.value}: ${describe(error)}`;
  }
};
