import * as z from 'zod';
import { actions } from './shelf.sql.ts';

/** One unit of retention on the queue: an action on one tenant's rows of a table, as due at a slot of the schedule. */
export const retentionMessage = z.strictObject({
  kind: z.literal('retention'),
  tenant_id: z.string().min(1).max(200),
  table_name: z.string().min(1).max(63),
  action: z.enum(actions),
  scheduled_time: z.iso.datetime(),
});
export type RetentionMessage = z.infer<typeof retentionMessage>;
