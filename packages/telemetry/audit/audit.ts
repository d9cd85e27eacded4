import type { ActionName } from './actions.ts';
import { itemOf, type AuditDeed, type AuditItem } from './deed.ts';

/** A message of the queue `ingest` with one audit event. */
export type AuditMessage = {
  readonly tenant_id: string;
  readonly stream: 'audit-events';
  readonly received_at: string;
  readonly items: readonly [{ readonly key: string; readonly item: AuditItem }];
};

/** Tells of high-risk actions; anything else does not compile. Resolves when the door has it. */
export type Auditor = {
  readonly audit: <N extends ActionName>(name: N, deed: AuditDeed<N>) => Promise<void>;
};

/**
 * An auditor over a door: `send` resolves when the door has the message, which goes to the queue `ingest` over the bus or
 * straight. An action told twice under one `id` is one entry of the log. Fails with `audit-refused` before it sends.
 */
export const openAuditor = (door: {
  readonly send: (message: AuditMessage) => Promise<void>;
  readonly now: () => Date;
  readonly newId: () => string;
}): Auditor => ({
  audit: async (name, deed) => {
    const now = door.now();
    const id = deed.id ?? door.newId();
    const item = itemOf(name, deed, { id, at: deed.at ?? now });
    await door.send({
      tenant_id: deed.tenantId,
      stream: 'audit-events',
      received_at: now.toISOString(),
      items: [{ key: `audit:${id}`, item }],
    });
  },
});
