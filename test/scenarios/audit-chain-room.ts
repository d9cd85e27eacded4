import type { Session } from '@rookery/db/pool';
import type { ChainEntry } from '@rookery/warehouse/audit/chain';
import { verifyChain, type ChainCheckpoint } from '@rookery/warehouse/audit/verify';
import { readChain } from '@rookery/warehouse/audit/verify.sql';
import type { World } from '../world/world.ts';

/** Insert text of entries numbered first to last for a tenant: every column filled, in some of them what is hard to hash. */
export const entriesOf = (tenant: string, first: number, last: number): string => `
  insert into olap.admin_audit_log (tenant_id, creation_time, admin_user_id, action, resource_type, resource_id, old_values,
    new_values, ip_address, user_agent, notes, metadata, data_classification, retention_category)
  select '${tenant}', now() - i % 20 * interval '1 hour', 'ann' || i % 7, 'audit_log.read', 'user', 'r' || i,
    case when i % 3 > 0 then jsonb_build_object('rate', 1.00, 'n', i, 'b', null) end,
    case i % 4 when 0 then '"a string"' when 1 then 'null' when 2 then '[1e2, {"z": 1, "aa": 2}]' end::jsonb,
    '192.0.2.' || i % 250, case when i % 2 > 0 then 'Prüfer 🙂 "x"' end, case when i % 5 > 0 then 'a:b' || i end,
    case when i % 6 > 0 then jsonb_build_object('ticket', '7:🙂') end,
    case when i % 2 > 0 then 'restricted' end, case when i % 3 > 0 then 'audit' end
  from generate_series(${first}, ${last}) i`;

/** The chain of a tenant as it stands. */
export const chainOf = (db: Session, tenantId: string): Promise<ChainEntry[]> =>
  db.query(readChain, { tenantId, after: null, limit: 10_000, bytes: 1e9 });

/** What verifying the chain of a tenant finds, short: kind, place, column. */
export const faultsOf = async (
  db: Session,
  tenantId: string,
  checkpoints: readonly ChainCheckpoint[] = [],
) => {
  const { faults, faultCount } = await verifyChain(db, { tenantId, checkpoints });
  return { count: faultCount, faults: faults.map(({ kind, seq, column }) => [kind, seq, column]) };
};

/** What verifying finds where nothing is wrong. */
export const whole = { count: 0, faults: [] };

/** Does something as the superuser for whom no trigger fires; undone with the transaction. */
export const tampered = async (tx: Session, text: string): Promise<void> =>
  tx.script(
    `set local role postgres; set local session_replication_role = replica; ${text}; set local session_replication_role = origin`,
  );

/** Erases columns of the entries from one place to another, the way operations may, with the entry that records it. */
export const erase = (
  { ops }: World,
  tenant: string,
  [from, to]: readonly [number, number],
  columns: readonly string[],
  isRecorded = true,
): Promise<void> => {
  const gone = columns.map((c) => `${c} = ${c === 'admin_user_id' ? `'erased'` : 'null'}`);
  const metadata = JSON.stringify({ erased: [[from, to]], columns });
  const record = `insert into olap.admin_audit_log (tenant_id, admin_user_id, action, resource_type, resource_id, metadata)
    values ('${tenant}', 'retention', 'audit_log.erased', 'admin_audit_log', '${tenant}', '${metadata}')`;
  return ops.transaction(async (tx) => {
    await tx.script(`update olap.admin_audit_log
      set ${gone.join(', ')}, salts = salts - array[${columns.map((c) => `'${c}'`).join(', ')}]
      where tenant_id = '${tenant}' and seq between ${from} and ${to}`);
    if (isRecorded) await tx.script(record);
  });
};
