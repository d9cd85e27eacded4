import type { Session } from '@rookery/db/pool';
import { readAncestors, takeParents, type ParentAsk } from './parent.sql.ts';

const deepest = 16;

/**
 * Why a service cannot depend on another, in words; null when it can. Whoever asks holds the tenant's turn to change parents
 * until his transaction ends, so what he is told stays true.
 */
export const parentFault = async (tx: Session, ask: ParentAsk): Promise<string | null> => {
  const { tenantId, id, parentId } = ask;
  if (id === parentId) return `parent_id: ${id} cannot depend on itself`;
  await tx.query(takeParents, { tenantId });
  const [found] = await tx.query(readAncestors, ask);
  if (found?.is_known !== true) return `parent_id: there is no service ${parentId}`;
  if (found.is_circle) return `parent_id: ${parentId} depends on ${id} already`;
  return found.above + found.below > deepest
    ? `parent_id: no more than ${deepest} services above one`
    : null;
};
