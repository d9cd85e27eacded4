import type { Db } from '@rookery/db/pool';
import { lookForChanges, type Layer } from '@rookery/warehouse/changes/look';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { freshnessOf } from '@rookery/warehouse/reports/freshness';
import { emails, tenant } from '../world/builders.ts';
import { openDesk } from '../world/desk.ts';
import { askOne } from './ask.ts';

/** A day of December 2025. */
export const day = (n: number): string => `2025-12-${String(n).padStart(2, '0')}`;

/** The e-mail of a tenant on that day, to a lead of its own. */
export const emailOf = (tenantId: string, n: number) => ({
  tenant_id: tenantId,
  email_id: `${tenantId}-${n}`,
  campaign_id: 'c',
  step_id: 's',
  mailbox_id: 'm',
  lead_id: `l${n}`,
  sent_at: `${day(n)}T12:00:00Z`,
});

/** A desk with tenants of one e-mail a day, and what is told of their freshness. */
export type PendingRoom = Awaited<ReturnType<typeof openPendingRoom>>;

/** Opens a room on a fresh world. */
export const openPendingRoom = async () => {
  const desk = await openDesk();

  // Every e-mail is older than the overlap of the fast layer, or each look would find all of a new tenant again.
  const age = () =>
    desk.world.admin.script(`update source.emails set updated_at = now() - interval '1 hour'`);

  // A look moves it on from here, although the horizon may stand still for transactions of other test files.
  const stand = () =>
    desk.world.admin.script(
      `update olap.source set complete_through = now() - interval '20 minutes'`,
    );

  /** A tenant of its own for every test, with an e-mail on each of some days, counted once, on a clean desk. */
  const begin = async (tenantId: string, ...days: readonly number[]): Promise<void> => {
    await tenant(desk.world.admin, { tenant_id: tenantId });
    await emails(
      desk.world.admin,
      (days.length === 0 ? [10] : days).map((n) => emailOf(tenantId, n)),
    );
    desk.inbox.length = 0;
    await desk.settle();
    await age();
    await stand();
  };
  const change = (tenantId: string, n = 10, set = 'opened = sent_at') =>
    desk.world.admin.script(
      `update source.emails set ${set}, updated_at = now() where email_id = '${tenantId}-${n}'`,
    );
  const fresh = async (tenantId: string) => {
    const { body, fresh: stamps } = await desk.world.api.transaction(
      (tx) => freshnessOf(tx, { tenantId }),
      { tenantId },
    );
    return { ...body, through: stamps.complete_through?.toISOString() ?? null };
  };
  const watermark = async (): Promise<string> => {
    const row = await askOne<{ at: string }>(
      desk.world.admin,
      'select complete_through as at from olap.source',
    );
    return new Date(row.at).toISOString();
  };
  const opened = async (tenantId: string): Promise<unknown> =>
    (
      await askOne<{ n: number }>(
        desk.world.admin,
        `select sum(opened_tracked) as n from olap.campaign_analytics where tenant_id = '${tenantId}'`,
      )
    ).n;
  const workAll = async (): Promise<void> => {
    for (let message = desk.inbox.shift(); message !== undefined; message = desk.inbox.shift())
      await desk.work(message);
  };

  // Slots of looks that this file runs itself, beside those of the desk.
  let slots = 0;
  const lookWith = (
    parts: { ops?: Db; send?: (messages: readonly CellsMessage[]) => Promise<void> },
    layer: Layer = 'changed',
  ) => {
    slots += 1;
    return lookForChanges(
      {
        source: desk.world.source,
        warehouse: parts.ops ?? desk.world.ops,
        send: parts.send ?? (async (messages) => void desk.inbox.push(...messages)),
      },
      layer,
      { job: 'test', scheduledTime: new Date(Date.UTC(2026, 1, 1) + slots * 60_000) },
    );
  };
  return {
    desk,
    age,
    stand,
    begin,
    change,
    fresh,
    watermark,
    opened,
    workAll,
    lookWith,
    close: desk.close,
  };
};
