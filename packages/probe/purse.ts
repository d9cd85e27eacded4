/** Pays for the conditions of one tenant: with time, in which nobody else is asked. */
export type Purse = {
  readonly isEmpty: () => boolean;
  readonly pay: (ms: number) => void;
};

// A JSONPath takes 0.4 s at most over 64 KiB, and five of 250 services would take minutes: longer than the function has. A
// tenant has two seconds, and ten such tenants together what the function can spare.
const eachMs = 2_000;
const allMs = 20_000;

/** The purses of a run, one for each tenant. */
export const pursesOf = (): ((tenantId: string) => Purse) => {
  const spent = new Map<string, number>();
  let all = 0;
  return (tenantId) => ({
    isEmpty: () => all >= allMs || (spent.get(tenantId) ?? 0) >= eachMs,
    pay: (ms) => {
      all += ms;
      spent.set(tenantId, (spent.get(tenantId) ?? 0) + ms);
    },
  });
};
