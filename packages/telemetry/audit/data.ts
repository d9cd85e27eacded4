import { extent, nothing, type Action } from './action.ts';

/** What left in bulk, and what sensitive data somebody saw. */
export const data = {
  'data_export.requested': {
    description: 'asked for an export of personal or contractual data',
    deeds: ['create'],
    things: ['data-export'],
    class: 'personal',
    category: 'data_access',
    values: extent,
  },
  'data_export.approved': {
    description: 'approved an export of personal or contractual data',
    deeds: ['update', 'execute'],
    things: ['data-export'],
    named: true,
    class: 'personal',
    category: 'data_access',
    values: extent,
  },
  'data_export.refused': {
    description: 'refused an export of personal or contractual data',
    deeds: ['update', 'execute'],
    things: ['data-export'],
    named: true,
    class: 'personal',
    category: 'data_access',
    values: extent,
  },
  'data.exported': {
    description: 'exported personal or contractual data',
    deeds: ['export'],
    things: ['data-export', 'lead-list', 'contact-list', 'user', 'personal-data'],
    class: 'personal',
    category: 'data_access',
    values: extent,
  },
  'sensitive_data.accessed': {
    description: 'looked at sensitive data of a person',
    deeds: ['read'],
    things: ['personal-data'],
    class: 'personal',
    category: 'data_access',
    values: nothing,
  },
  'secret.revealed': {
    description: 'looked at a secret in clear',
    deeds: ['read'],
    things: ['secret', 'credential'],
    class: 'restricted',
    category: 'security',
    values: nothing,
  },
} as const satisfies Record<string, Action>;
