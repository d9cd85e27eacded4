import { takeHoldTurn } from '@rookery/monitoring/retention/hold.sql';
import { ageAudit, ageingPlan, type Aged, type Due } from '@rookery/warehouse/audit/ageing';
import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import { operatorOf } from '../operator.ts';
import { table } from '../table.ts';

type Flags = Options & { readonly tenant?: string; readonly dryRun?: boolean };

const planned = (due: readonly Due[]): Answer => ({
  data: { due },
  text:
    due.length === 0
      ? 'Nothing is to be erased.'
      : table(
          ['tenant', 'reason', 'category', 'class', 'entries', 'oldest', 'newest', 'held'],
          due.map((one) => [
            one.tenant_id,
            one.reason,
            one.category,
            one.classification,
            one.entries,
            one.oldest.toISOString().slice(0, 10),
            one.newest.toISOString().slice(0, 10),
            one.held ? 'by a legal hold' : '',
          ]),
        ),
  ok: true,
});

const done = (aged: readonly Aged[]): Answer => ({
  data: { aged },
  text:
    aged.length === 0
      ? 'Nothing was to be erased.'
      : table(
          ['tenant', 'reason', 'entries', 'batches'],
          aged.map(({ tenant, reason, entries, batches }) => [tenant, reason, entries, batches]),
        ),
  ok: true,
});

/** `audit ageing`: erases what the compliance audit has kept for long enough, or shows what that would be. */
export const ageingCommand = command(
  'ageing',
  'Erase values that the compliance audit has kept for long enough; the chain stays whole.',
  ['audit ageing --dry-run', 'audit ageing --tenant t01'],
)
  .option('--tenant <id>', 'one tenant (default: every tenant)')
  .option('--dry-run', 'show what would be erased, and what is held; change nothing')
  .action((options: Flags) =>
    answer(options, (screen) =>
      atPlace(options, ['ops'], async (place) => {
        const { tenant: tenantId = null, dryRun } = options;
        const db = place.db('ops');
        const now = new Date();
        if (dryRun === true) return planned(await ageingPlan(db, { tenantId, now }));
        const step = screen.step('erasing what is beyond its time');
        const { aged } = await ageAudit(db, {
          tenantId,
          now,
          by: operatorOf('audit ageing').subject,
          takeTurn: (tx, tenant) => tx.query(takeHoldTurn, { tenantId: tenant }),
          goesOn: () => true,
        });
        step.done();
        return done(aged);
      }),
    ),
  );
