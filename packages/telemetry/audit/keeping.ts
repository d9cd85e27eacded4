type AuditColumn = 'ip_address' | 'user_agent' | 'notes' | 'old_values' | 'new_values';

/**
 * How an entry of the compliance audit ages: the columns that go after `personalDays` of its category. Who acted, what was
 * done to what, and the metadata stay until the category ends, whatever the class.
 */
export const classes = {
  /** A setting or a right, whose values name nobody: only where its author sat goes. */
  internal: ['ip_address', 'user_agent'],
  /** Its values and its reason tell of a person: whose account, whose data. */
  personal: ['ip_address', 'user_agent', 'notes', 'old_values', 'new_values'],
  /** The proof needs the whole: who got in as whom, from where. Nothing goes before the category ends. */
  restricted: [],
} as const satisfies Record<string, readonly AuditColumn[]>;

/** The class of an entry: `data_classification`. */
export type AuditClass = keyof typeof classes;

type Keeping = { readonly keepDays: number | null; readonly personalDays: number };

/**
 * How long entries are kept by why they are: seven years for rights, accounts and sensitive data, ten for what an invoice
 * rests on, three for settings and for who read the log. Null is for ever: records explain what became of the others.
 */
export const categories = {
  security: { keepDays: 2_557, personalDays: 30 },
  billing: { keepDays: 3_653, personalDays: 30 },
  configuration: { keepDays: 1_096, personalDays: 30 },
  data_access: { keepDays: 2_557, personalDays: 30 },
  audit_access: { keepDays: 1_096, personalDays: 30 },
  records: { keepDays: null, personalDays: 30 },
} as const satisfies Record<string, Keeping>;

/** Why an entry is kept: `retention_category`. */
export type AuditCategory = keyof typeof categories;
