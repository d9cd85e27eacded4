import { sql } from 'kysely';

/** True of an alert `a` that is not over; the same words as the index tb_alert_open, or it is not used. */
export const isOpen = sql`(a.status in ('active', 'acknowledged') or (a.status = 'suppressed' and a.resolved_at is null))`;
