import { database } from '@rookery/lambda/database';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { takeHoldTurn } from '@rookery/monitoring/retention/hold.sql';
import { ageAudit } from '@rookery/warehouse/audit/ageing';

// A batch takes tenths of a second; what is left is done the next day.
const restMs = 20_000;

/** Daily: erases what the compliance audit has kept for long enough, and leaves what legal holds name. */
export const handler = scheduleFunction({
  jobs: ['audit-ageing'],
  run: async ({ slot, remainingMs }) => {
    const { aged, finished } = await ageAudit(database('ops'), {
      tenantId: null,
      now: slot,
      by: 'audit-ageing',
      takeTurn: (tx, tenantId) => tx.query(takeHoldTurn, { tenantId }),
      goesOn: () => remainingMs() > restMs,
    });
    const rows = aged.reduce((sum, { entries }) => sum + entries, 0);
    return { unit: 'audit-ageing', rows, aged, finished };
  },
});
