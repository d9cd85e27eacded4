import * as z from 'zod';
import { noticeKinds, type Content } from './content.ts';

const labels = z.record(z.string(), z.string());

/** The column `content` of a notice, read back as what it must be. */
export const noticeContent: z.ZodType<Content> = z.object({
  kind: z.enum(noticeKinds),
  severity: z.string(),
  template: z.string().nullable(),
  group_labels: labels,
  alerts: z.array(
    z.object({
      id: z.string(),
      rule_id: z.string(),
      rule_name: z.string(),
      severity: z.string(),
      state: z.enum(['firing', 'resolved']),
      message: z.string(),
      metric_name: z.string(),
      labels,
      value: z.number().nullable(),
      threshold: z.number(),
      triggered_at: z.string(),
      resolved_at: z.string().nullable(),
    }),
  ),
  more: z.int().min(0),
  note: z.string().nullable(),
});
