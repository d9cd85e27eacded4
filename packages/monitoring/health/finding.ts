/** How a check went; `unknown` says nothing about the service, as when the prober itself has no network. */
export type Outcome = 'ok' | 'soft' | 'failed' | 'unknown';

/** A service of a tenant. */
export type ServiceKey = { readonly tenantId: string; readonly serviceId: string };

/** What a check of a service found, for the slot that it was due at. */
export type Finding = ServiceKey & {
  readonly slot: Date;
  /** The revision of what was asked; left out, it is what is asked now. */
  readonly revision?: number;
  readonly checkedAt: Date;
  readonly outcome: Outcome;
  /** Null when no answer came. */
  readonly responseMs: number | null;
  /** Why it is not ok. */
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>>;
};

/** One text for a service, to look it up by; ids have no line breaks. */
export const nameOf = ({ tenantId, serviceId }: ServiceKey): string => `${tenantId}\n${serviceId}`;
