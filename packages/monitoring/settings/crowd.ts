import type { Session } from '@rookery/db/pool';
import type { Statement } from '@rookery/db/statement';
import { Failure } from '@rookery/kernel/failure';
import { takeTurn } from './crowd.sql.ts';

/** How many things of a kind a tenant may have: one tenant's share of what is evaluated, probed and told for all. */
export type Crowd = {
  readonly count: Statement<{ readonly tenantId: string }, { present: 'int8' }>;
  readonly most: number;
  /** What else one may do, as an order: `delete one`. */
  readonly instead: string;
};

/**
 * Takes the tenant's turn to make one more thing of a kind, until the transaction ends; fails with `conflict` when there are
 * as many as there may be.
 */
export const takePlace = async (
  tx: Session,
  tenantId: string,
  { type, crowd: { count, most, instead } }: { readonly type: string; readonly crowd: Crowd },
): Promise<void> => {
  await tx.query(takeTurn, { tenantId, type });
  const [found] = await tx.query(count, { tenantId });
  const present = found?.present ?? 0;
  if (present < most) return;
  const words = type.replaceAll('-', ' ');
  throw new Failure(
    'conflict',
    'conflict',
    `you have ${present} of the kind ${words}, and ${most} are the most: ${instead}`,
  );
};
