import { periodEmails } from './ledger.sql.ts';
import { arraysOf, type MetricSource, type WantArrays } from './want.ts';

/** Tells the quota of each want by its place; a want whose tenant has none is not in it. */
export type ReadQuotas = (wants: WantArrays) => Promise<ReadonlyMap<number, number>>;

// Whoever may send nothing and sent something is over it by any measure; 0 of 0 says nothing.
const used = (emails: number, quota: number): number | null =>
  quota === 0 && emails === 0 ? null : emails / quota;

/**
 * How much of its quota a tenant has used: the e-mails sent in the billing period that the slot lies in, as it is counted
 * now, over the quota in force at the slot. One statement each on the warehouse and on who knows the quotas; without a quota
 * or a period there is nothing to say.
 */
export const quotaUse = (readQuotas: ReadQuotas): MetricSource => ({
  name: 'quotas',
  answers: (metric) => metric === 'tenant.quota_used',
  read: async (warehouse, wants) => {
    if (wants.length === 0) return [];
    const asked = arraysOf(wants.map((want, place) => ({ ...want, place })));
    const quotas = await readQuotas(asked);
    const rows = await warehouse.query(periodEmails, asked);
    return rows.flatMap(({ wants: places, emails_sent }) =>
      places.flatMap((place) => {
        const [want, quota] = [wants[place], quotas.get(place)];
        if (want === undefined || quota === undefined) return [];
        const value = used(emails_sent, quota);
        return value === null
          ? []
          : [{ want: place, labels: {}, at: want.slot, value, samples: quota }];
      }),
    );
  },
});
