import type { Session } from '@rookery/db/pool';
import { momentOfRead, performanceFreshness, type PerformanceSpan } from './freshness.sql.ts';
import { onlyRow } from './since.ts';

/** When something was read, and up to when what was written is in it. */
export type Fresh = { readonly as_of: Date; readonly complete_through: Date };

/** How fresh rows are that are read as they were written: complete now. */
export const freshRows = async (session: Session): Promise<Fresh> =>
  onlyRow(await session.query(momentOfRead, null));

/** How fresh the rollups of performance metrics are in a span; ask before reading them. */
export const freshPerformance = async (session: Session, span: PerformanceSpan): Promise<Fresh> =>
  onlyRow(await session.query(performanceFreshness, span));
