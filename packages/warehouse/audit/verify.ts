import type { Session } from '@rookery/db/pool';
import { openFindings, type Fault } from './fault.ts';
import { chainTenants, readChain, readHead, type ChainPage } from './verify.sql.ts';
import { beginning, openWalk, type ChainCheckpoint, type ChainHead } from './walk.ts';

export type { ChainCheckpoint, ChainHead } from './walk.ts';

/** What a pass over the chain of one tenant found: its last entry, the first 100 faults, and how many there are. */
export type ChainResult = {
  readonly tenantId: string;
  readonly entries: number;
  readonly head: ChainHead;
  readonly faults: readonly Fault[];
  readonly faultCount: number;
};

/** Hears of each page: how many entries of the tenant were looked at. */
export type Progress = (tenantId: string, entries: number) => void;

/** What to verify: all of the chain, or what comes after a head that is known to be good. */
export type ChainAsk = {
  readonly tenantId: string;
  readonly checkpoints: readonly ChainCheckpoint[];
  readonly since?: ChainHead;
  readonly progress?: Progress | undefined;
};

// 5,000 entries of 1 KB are 5 MB; large ones fill a page before.
const pageEntries = 5_000;
const pageBytes = 16_000_000;

/**
 * Computes the chain of a tenant again from its entries, apart from the database's own functions, and names every place at
 * which it does not hold. Entries may be written meanwhile. What was cut off at the end together with the head, or written
 * anew in one piece, only a checkpoint tells.
 */
export const verifyChain = async (session: Session, ask: ChainAsk): Promise<ChainResult> => {
  const { tenantId, checkpoints, since = beginning, progress } = ask;
  const headNow = async (): Promise<ChainHead | null> =>
    (await session.query(readHead, { tenantId }))[0] ?? null;
  const findings = openFindings(tenantId);
  const ours = checkpoints.filter((one) => one.tenantId === tenantId && one.seq > since.seq);
  const walk = openWalk(since, ours, findings);
  let head = await headNow();
  let entries = 0;
  let after: ChainPage['after'] =
    since.seq === 0 ? null : { seq: since.seq, creationTime: 'infinity', id: 0 };
  const read = () =>
    session.query(readChain, { tenantId, after, limit: pageEntries, bytes: pageBytes });
  let page = await read();
  for (;;) {
    const last = page.at(-1);
    // The head is older than this page, so nothing was left to be seen.
    if (last === undefined) break;
    // Who wrote these entries has moved the head on before: one that is read now is not older than any of them.
    if (last.seq > (head?.seq ?? 0)) head = await headNow();
    const isEnd = !last.followed && head?.seq === last.seq;
    after = { seq: last.seq, creationTime: last.creation_time, id: last.id };
    // The database reads the next page while this one is computed.
    const following = isEnd ? [] : read();
    for (const entry of page) walk.take(entry, head);
    entries += page.length;
    progress?.(tenantId, entries);
    if (isEnd) break;
    page = await following;
  }
  const end = walk.end(head);
  return {
    tenantId,
    entries,
    head: end,
    faults: findings.faults(),
    faultCount: findings.count(),
  };
};

/** Verifies the chains of some tenants, or of all that have entries, a head or a checkpoint. */
export const verifyAudit = async (
  session: Session,
  ask: {
    readonly tenantIds: readonly string[] | null;
    readonly checkpoints: readonly ChainCheckpoint[];
    readonly progress?: Progress;
  },
): Promise<ChainResult[]> => {
  const { checkpoints, progress } = ask;
  const known = ask.tenantIds ?? (await session.query(chainTenants, null)).map((t) => t.tenant_id);
  const noted = ask.tenantIds === null ? checkpoints.map(({ tenantId }) => tenantId) : [];
  const byTenant = Map.groupBy(checkpoints, ({ tenantId }) => tenantId);
  const results: ChainResult[] = [];
  for (const tenantId of new Set([...known, ...noted]))
    results.push(
      await verifyChain(session, {
        tenantId,
        checkpoints: byTenant.get(tenantId) ?? [],
        progress,
      }),
    );
  return results;
};
