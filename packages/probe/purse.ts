/** What the conditions of one tenant may yet cost a run, in milliseconds in which nobody else is asked. */
export type Purse = { leftMs: number };

// A JSONPath takes 0.4 s at most over 64 KiB, and five of 250 services would take minutes: longer than the function has.
const fullMs = 2_000;

/** The purses of a run, one for each tenant. */
export const pursesOf = (ms = fullMs): ((tenantId: string) => Purse) => {
  const purses = new Map<string, Purse>();
  return (tenantId) => {
    const purse = purses.get(tenantId) ?? { leftMs: ms };
    purses.set(tenantId, purse);
    return purse;
  };
};
