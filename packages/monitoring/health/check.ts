import { isMissingPartition } from '@rookery/db/fault';
import type { Db, Session } from '@rookery/db/pool';
import type { RowOf } from '@rookery/db/statement';
import { ensureStreamPartitions } from '../ingest/partition.sql.ts';
import { capped, redacted, redactedText } from '../payload/payload.ts';
import { nameOf, type Finding } from './finding.ts';
import { integrationCalls } from './integration-call.ts';
import { judge, type Blocker, type Judged, type ServiceStatus } from './state.ts';
import { holdServices, writeChecks, type Outcomes } from './write.sql.ts';

type Held = RowOf<(typeof holdServices)['columns']>;
type Checked = { readonly row: Held; readonly finding: Finding };

/** What came of findings: checks noted, services whose state changed, and findings that were too late or known. */
export type Written = { readonly checks: number; readonly changed: number; readonly left: number };

const longestReason = 1_000;

const statuses = ['healthy', 'degraded', 'down', 'unknown'] as const;
const statusOf = (text: string): ServiceStatus =>
  statuses.find((status) => status === text) ?? 'unknown';

const blockerOf = ({ blocker_id: id, blocker_name: name }: Held): Blocker | null =>
  id === null || name === null ? null : { id, name };

type Verdict = { readonly judged: Judged; readonly blocker: Blocker | null };

// Parents first: a child of the same message is judged by what its parent is now. A circle, which is refused, ends at itself.
const verdictsOf = (checked: ReadonlyMap<string, Checked>): Map<string, Verdict> => {
  const verdicts = new Map<string, Verdict>();
  const verdictOf = (key: string, { row, finding }: Checked, below: Set<string>): Verdict => {
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const blocker = blockerAbove(row, below.add(key));
    const judged = judge(
      { status: statusOf(row.status), failures: row.failures, successes: row.successes },
      {
        failureThreshold: row.failure_threshold,
        successThreshold: row.success_threshold,
        degradedMs: row.degraded_ms,
      },
      finding,
      blocker,
    );
    const verdict = { judged, blocker };
    verdicts.set(key, verdict);
    return verdict;
  };
  const blockerAbove = (row: Held, below: Set<string>): Blocker | null => {
    if (row.parent_id === null) return null;
    const key = nameOf({ tenantId: row.tenant_id, serviceId: row.parent_id });
    const parent = checked.get(key);
    if (parent === undefined || below.has(key)) return blockerOf(row);
    const { judged, blocker } = verdictOf(key, parent, below);
    const { id, name } = parent.row;
    return judged.status === 'down' ? { id, name } : blocker;
  };
  for (const [key, one] of checked) verdictOf(key, one, new Set());
  return verdicts;
};

const shortText = (text: string | null): string | null =>
  text === null ? null : redactedText(text, longestReason);

const mostMs = 2_147_483_647;

const outcomeOf = ({ row, finding }: Checked, { judged, blocker }: Verdict): Outcomes => ({
  tenantId: row.tenant_id,
  serviceId: row.id,
  checkedAt: finding.checkedAt,
  status: judged.status,
  failures: judged.failures,
  successes: judged.successes,
  reason: shortText(judged.reason),
  blockedBy: blocker?.id ?? null,
  responseMs:
    finding.responseMs === null
      ? null
      : Math.min(mostMs, Math.max(0, Math.round(finding.responseMs))),
  error: shortText(finding.reason),
  details: capped(redacted({ ...finding.details, outcome: finding.outcome })),
});

const write = async (tx: Session, slot: Date, findings: readonly Finding[]): Promise<Written> => {
  const byService = new Map(findings.map((finding) => [nameOf(finding), finding]));
  const services = [...byService.values()];
  const rows = await tx.query(holdServices, { slot: slot.toISOString(), services });
  const checked = new Map(
    rows.flatMap((row) => {
      const key = nameOf({ tenantId: row.tenant_id, serviceId: row.id });
      const finding = byService.get(key);
      return finding === undefined ? [] : [[key, { row, finding }] as const];
    }),
  );
  if (checked.size === 0) return { checks: 0, changed: 0, left: findings.length };
  const verdicts = verdictsOf(checked);
  const outcomes = [...checked].flatMap(([key, one]) => {
    const verdict = verdicts.get(key);
    return verdict === undefined ? [] : [outcomeOf(one, verdict)];
  });
  const [done] = await tx.query(writeChecks, { slot: slot.toISOString(), outcomes });
  await integrationCalls(
    tx,
    slot,
    [...checked.values()].map(({ row, finding }) => ({
      finding,
      integrationId: row.integration_id,
    })),
  );
  return {
    checks: done?.checks ?? 0,
    changed: done?.changed ?? 0,
    left: findings.length - checked.size,
  };
};

/**
 * Notes what the checks of one slot found, each once, and what their services are then, in one transaction as rookery_ops. A
 * finding for a slot that its service has been checked at, or after, changes nothing: twice, late, out of order and beside
 * itself come to the same.
 */
export const writeFindings = async (
  ops: Db,
  slot: Date,
  findings: readonly Finding[],
): Promise<Written> => {
  const once = () => ops.transaction((tx) => write(tx, slot, findings));
  try {
    return await once();
  } catch (error) {
    if (!isMissingPartition(error)) throw error;
    await ops.query(ensureStreamPartitions, { from: slot });
    return once();
  }
};
