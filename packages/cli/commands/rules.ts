import { basename } from 'node:path';
import { Command } from 'commander';

import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import { applyRules, compareRules, stepsOf, type Wish } from '../rules-apply.ts';
import { readRulesFile } from '../rules-file.ts';
import type { Plan } from '../rules-plan.ts';
import { comparedData, comparedLines, summary } from '../rules-text.ts';
import { idOption } from '../id-option.ts';
import { refuseUnknownTenant } from '../known-tenant.ts';
import { textOf } from '../text-file.ts';
import { operatorOf } from '../operator.ts';
import { widthOf } from '../wrap.ts';

type Flags = Options & {
  readonly tenant: string;
  readonly prune?: boolean;
  readonly adopt?: boolean;
  readonly dryRun?: boolean;
};

// 3 is what did not answer, and a pipeline takes that otherwise.
const differs = 4;

const wishOf = async (path: string, { tenant, prune, adopt }: Flags): Promise<Wish> => {
  const file = readRulesFile({ name: basename(path), text: await textOf(path) });
  const now = new Date();
  return {
    file,
    claim: { tenantId: tenant, name: file.name, isAdopting: adopt === true, now },
    isPruning: prune === true,
    editor: () => ({ ...operatorOf('rules'), now }),
  };
};

const answerOf = ({ file: { name }, isPruning }: Wish, plan: Plan, end: string): Answer => {
  const steps = stepsOf(plan, isPruning);
  const compared = { name, plan, isPruning };
  const lines = comparedLines(compared, steps, widthOf(process.stdout));
  return { data: comparedData(compared, steps), text: [...lines, end].join('\n'), ok: true };
};

const isSame = ({ steps, clashes, orphans }: Plan, isPruning: boolean): boolean =>
  steps.length + clashes.length + (isPruning ? orphans.length : 0) === 0;

const diff = async (path: string, options: Flags): Promise<void> => {
  let same = true;
  await answer(options, async () => {
    const wish = await wishOf(path, options);
    const plan = await atPlace(options, ['api'], async (place) => {
      await refuseUnknownTenant(place, options.tenant);
      return compareRules(place.db('api'), wish);
    });
    same = isSame(plan, wish.isPruning);
    const steps = stepsOf(plan, wish.isPruning);
    return answerOf(wish, plan, same ? 'No difference.' : `${summary(steps, false)}.`);
  });
  // Differences are neither all well nor a fault.
  if (!same) process.exitCode = differs;
};

const apply = (path: string, options: Flags): Promise<void> =>
  answer(options, async () => {
    const wish = await wishOf(path, options);
    const isDry = options.dryRun === true;
    const plan = await atPlace(options, ['api'], async (place) => {
      await refuseUnknownTenant(place, options.tenant);
      return applyRules(place.db('api'), wish, isDry);
    });
    const steps = stepsOf(plan, wish.isPruning);
    if (steps.length === 0) return answerOf(wish, plan, 'Nothing to do.');
    const end = `${summary(steps, !isDry)}${isDry ? '; nothing was written' : ''}.`;
    return answerOf(wish, plan, end);
  });

const withFile = (name: string, summaryText: string, examples: readonly string[]) =>
  command(name, summaryText, examples)
    .argument('<file.yaml>', 'the file of rules; its fields are those of the HTTP API')
    .requiredOption('--tenant <id>', 'whose rules they are', idOption)
    .option('--prune', 'remove what the file made and no longer says')
    .option('--adopt', 'take over what has an id of the file and is not the file’s');

const diffCommand = withFile(
  'diff',
  'Show what apply would make, change and remove; write nothing.',
  [
    'rules diff examples/rules.yaml --tenant heron-analytics',
    'rules diff rules.yaml --tenant t01 --prune --json',
  ],
)
  .addHelpText('after', `  ${differs}  there are differences`)
  .action(diff);

const applyCommand = withFile(
  'apply',
  'Make rules, services, escalation policies, inhibitions and maintenance windows as a file says: all in one transaction, or nothing.',
  [
    'rules apply examples/rules.yaml --tenant heron-analytics --dry-run',
    'rules apply rules.yaml --tenant t01 --prune',
  ],
)
  .option('--dry-run', 'do it all, and undo it: shows also what would be refused')
  .action(apply);

/** `rules`: rules as code. */
export const rulesCommand = new Command('rules')
  .description('Rules as code: compare a file with what is set up, and apply it.')
  .addCommand(diffCommand)
  .addCommand(applyCommand);
