import type { Write } from '../ingest/stream.ts';
import { capped, redacted, redactedText } from '../payload/payload.ts';
import type { Device } from '../sessions/session.ts';
import { addSightings } from '../sessions/write.sql.ts';
import { addActivities } from './write.sql.ts';

/** An item of `user-activity` as its schema lets it through; `duration` in seconds. */
export type ActivityItem = Device & {
  readonly time: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly activity_type: 'page-view' | 'action' | 'feature-use';
  readonly module?: string | undefined;
  readonly feature?: string | undefined;
  readonly page_url?: string | undefined;
  readonly action?: string | undefined;
  readonly duration?: number | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
};

/** An activity as it is stored: its time in UTC, its page, its action and its metadata redacted, the latter cut to 4 KiB. */
export type StoredActivity = Omit<ActivityItem, 'metadata'> & { readonly metadata: unknown };

// As wide as the columns.
const pageWidth = 500;
const actionWidth = 100;

const stored = (item: ActivityItem): StoredActivity => ({
  ...item,
  page_url: item.page_url === undefined ? undefined : redactedText(item.page_url, pageWidth),
  action: item.action === undefined ? undefined : redactedText(item.action, actionWidth),
  time: new Date(item.time).toISOString(),
  metadata: capped(redacted(item.metadata ?? {})),
});

const sighted = ({ session_id, user_id, time, activity_type, ...item }: ActivityItem) => ({
  session_id,
  user_id,
  time: new Date(time).toISOString(),
  event: activity_type,
  device_type: item.device_type,
  browser: item.browser,
  os: item.os,
  ip_address: item.ip_address,
});

/** Adds activities, and counts them in their sessions, which they open when nothing else has. Refuses none. */
export const writeActivity: Write<ActivityItem> = async (tx, { tenantId, items }) => {
  const given = items.map(({ item }) => item);
  const [done] = await tx.query(addActivities, { tenantId, rows: given.map(stored) });
  await tx.query(addSightings, { tenantId, sightings: given.map(sighted) });
  return { rows: done?.written ?? 0, rejected: [] };
};
