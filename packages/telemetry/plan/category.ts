/** The tenant of what belongs to no customer: our own services, and logins of nobody we know. */
export const platformTenant = 'platform';

/** A kind of events: all whose names begin so. `platform` where they happen to the platform itself, too. */
export type Category = {
  readonly name: string;
  readonly prefix: string;
  readonly platform: boolean;
};

/** The kinds of events (seed 002 §2.1, §6.3). An e-mail and a signup are always some customer's. */
export const categories: readonly Category[] = [
  { name: 'email', prefix: 'email_', platform: false },
  { name: 'security', prefix: 'security_', platform: true },
  { name: 'infra', prefix: 'infra_', platform: true },
  { name: 'business', prefix: 'business_', platform: false },
  { name: 'admin-ui', prefix: 'admin_', platform: true },
];

/** The category that the name of an event belongs to; undefined for one that no category has. */
export const categoryOf = (event: string): Category | undefined =>
  categories.find(({ prefix }) => event.startsWith(prefix));
