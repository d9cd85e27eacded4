/** The tenant of what belongs to no customer: our own services, and logins of nobody we know. */
export const platformTenant = 'platform';

/**
 * The kinds of events, by the beginning of their names, and whether they happen to the platform itself, too: an e-mail and a
 * signup are always some customer's.
 */
export const categories = {
  email: { prefix: 'email_', platform: false },
  security: { prefix: 'security_', platform: true },
  infra: { prefix: 'infra_', platform: true },
  business: { prefix: 'business_', platform: false },
  admin_ui: { prefix: 'admin_', platform: true },
} as const;

/** The name of a category. */
export type CategoryName = keyof typeof categories;

/** The category that the name of an event belongs to; undefined for one that no category has. */
export const categoryOf = (event: string): CategoryName | undefined => {
  for (const name of ['email', 'security', 'infra', 'business', 'admin_ui'] as const)
    if (event.startsWith(categories[name].prefix)) return name;
  return undefined;
};
