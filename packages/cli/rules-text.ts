import type { Plan } from './rules-plan.ts';
import type { FieldChange } from './rules-difference.ts';
import type { Clash, Step } from './rules-section.ts';
import { many } from './table.ts';
import { wrapped } from './wrap.ts';

/** What was found, and what was done of it. */
export type Compared = {
  readonly name: string;
  readonly plan: Plan;
  readonly isPruning: boolean;
};

const signs = { make: '+', change: '~', remove: '-' } as const;

const written = (value: unknown): string =>
  value === undefined || value === null
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

const wordsOf = ({ type }: { readonly type: string }): string => type.replaceAll('-', ' ');

const changeLine = ({ field, before, after }: FieldChange): string =>
  `    ${field}: ${written(before)} → ${written(after)}`;

const stepLines = (step: Step): string[] => {
  const name = step.changes.find(({ field }) => field === 'name');
  const head = `${signs[step.action]} ${wordsOf(step)} ${step.id}`;
  if (step.action === 'make') return [`${head}  ${written(name?.after)}`];
  return [head, ...step.changes.map(changeLine)];
};

/** Why a thing cannot be written, and what to do. */
export const clashLine = (clash: Clash, name: string): string => {
  const whose = clash.owner === null ? 'was made by hand' : `is of the file ${clash.owner}`;
  return `${wordsOf(clash)} ${clash.id} ${whose}, not of ${name}: --adopt takes it over, or choose another id`;
};

const count = (steps: readonly Step[], action: Step['action']): number =>
  steps.filter((step) => step.action === action).length;

/** Counts of what is done: `2 to make, 1 to change`. */
export const summary = (steps: readonly Step[], isDone: boolean): string => {
  const words = isDone
    ? ({ make: 'made', change: 'changed', remove: 'removed' } as const)
    : ({ make: 'to make', change: 'to change', remove: 'to remove' } as const);
  return (['make', 'change', 'remove'] as const)
    .map((action) => `${count(steps, action)} ${words[action]}`)
    .join(', ');
};

/** A comparison as lines of a width. */
export const comparedLines = (
  { name, plan, isPruning }: Compared,
  steps: readonly Step[],
  width: number,
): string[] => {
  const left =
    isPruning || plan.orphans.length === 0
      ? []
      : [
          `${many(plan.orphans.length, 'thing')} of ${name} no longer in the file, left alone: --prune removes ${plan.orphans.map((one) => `${wordsOf(one)} ${one.id}`).join(', ')}`,
        ];
  return [
    ...steps.flatMap(stepLines),
    ...plan.clashes.map((clash) => `! ${clashLine(clash, name)}`),
    ...left,
    ...plan.warnings.map((warning) => `Note: ${warning}`),
  ].map((line) => wrapped(line, width, line.startsWith('    ') ? 6 : 4));
};

const stepData = ({ type, id, changes }: Step) => ({ type, id, changes });

/** A comparison for programs. */
export const comparedData = ({ name, plan, isPruning }: Compared, steps: readonly Step[]) => ({
  name,
  make: steps.filter(({ action }) => action === 'make').map(stepData),
  change: steps.filter(({ action }) => action === 'change').map(stepData),
  remove: steps.filter(({ action }) => action === 'remove').map(({ type, id }) => ({ type, id })),
  left: isPruning ? [] : plan.orphans.map(({ type, id }) => ({ type, id })),
  conflicts: plan.clashes,
  warnings: plan.warnings,
});
