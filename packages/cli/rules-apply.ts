import type { Db, Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import type { Editor } from '@rookery/monitoring/audit/record';
import { planRules, type Plan } from './rules-plan.ts';
import type { RulesFile } from './rules-schema.ts';
import type { Claim, Step } from './rules-section.ts';
import { holdRules } from './rules.sql.ts';
import { clashLine } from './rules-text.ts';

/** What to do with a file: whose it is, what it may do, and by whose hand; each entry of the audit gets an editor anew. */
export type Wish = {
  readonly file: RulesFile;
  readonly claim: Claim;
  readonly isPruning: boolean;
  readonly editor: () => Editor;
};

/** The steps of a plan, removals last. */
export const stepsOf = ({ steps, orphans }: Plan, isPruning: boolean): readonly Step[] =>
  isPruning ? [...steps, ...orphans.map(({ remove }) => remove)] : steps;

// What is refused is refused for one thing of many: say which.
const take = async (tx: Session, step: Step, editor: Editor): Promise<void> => {
  try {
    await step.run(tx, editor);
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.kind === 'unavailable') throw cause;
    const message = `${step.type} ${step.id}: ${cause.message}; nothing was written`;
    throw new Failure(cause.kind, cause.code, message, { cause });
  }
};

const refuseClashes = ({ clashes }: Plan, { name }: RulesFile): void => {
  if (clashes.length === 0) return;
  const lines = clashes.map((clash) => `  ${clashLine(clash, name)}`).join('\n');
  throw new Failure('conflict', 'rules-conflict', `nothing was written:\n${lines}`);
};

const scopeOf = ({ claim: { tenantId } }: Wish) => ({ tenantId, role: 'operator' });

const tryOut = new Failure('conflict', 'dry-run', 'tried and undone');

/** What an apply would do; writes nothing. */
export const compareRules = (api: Db, wish: Wish): Promise<Plan> =>
  api.transaction((tx) => planRules(tx, wish.file, wish.claim), scopeOf(wish));

/**
 * Does what a file says in one transaction, each thing as the API would, with its entry in the audit; a second time does
 * nothing. Fails with `rules-conflict` when something is not the file's, and as the API does. A dry run does it all and
 * undoes it, so that what would be refused is refused.
 */
export const applyRules = async (api: Db, wish: Wish, isDry: boolean): Promise<Plan> => {
  const { file, claim, isPruning, editor } = wish;
  const done: { plan?: Plan } = {};
  try {
    return await api.transaction(async (tx) => {
      await tx.query(holdRules, { tenantId: claim.tenantId });
      const plan = await planRules(tx, file, claim);
      refuseClashes(plan, file);
      for (const step of stepsOf(plan, isPruning)) await take(tx, step, editor());
      done.plan = plan;
      if (isDry) throw tryOut;
      return plan;
    }, scopeOf(wish));
  } catch (error) {
    if (error === tryOut && done.plan !== undefined) return done.plan;
    throw error;
  }
};
