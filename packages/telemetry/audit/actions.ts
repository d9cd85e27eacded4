import type { Kept } from './action.ts';
import { business } from './business.ts';
import { data } from './data.ts';
import { rights } from './rights.ts';

/**
 * The allow-list of the compliance audit (O12): the high-risk actions that are promoted from the audit events into
 * olap.admin_audit_log, and no others. The database has it as rows of olap.audit_action; a test compares the two.
 */
export const actions = { ...rights, ...business, ...data };

/** The name of a high-risk action that `audit` tells of. */
export type ActionName = keyof typeof actions;

/** What the compliance audit writes about itself, into itself: no event tells of it. */
export const ownActions = {
  'audit_log.read': {
    description: 'read the compliance audit',
    class: 'restricted',
    category: 'audit_access',
  },
  'audit_log.exported': {
    description: 'exported the compliance audit',
    class: 'restricted',
    category: 'audit_access',
  },
  'audit_log.erased': {
    description: 'erased what the compliance audit need not keep any longer',
    class: 'restricted',
    category: 'records',
  },
} as const satisfies Record<string, Kept>;
