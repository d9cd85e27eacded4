import * as z from 'zod';
import { entry } from './entry.ts';
import { address, count, id, text, word } from './fields.ts';

const login = {
  user_id: id.optional(),
  email: z.email().max(320).optional(),
  ip_address: address.optional(),
  user_agent: text.optional(),
  method: z.enum(['password', 'sso', 'token', 'mfa']),
};

const example = {
  user_id: 'usr_41',
  email: 'ada@example.com',
  ip_address: '203.0.113.9',
  user_agent: 'Mozilla/5.0',
  method: 'password',
} as const;

const common = {
  nature: 'security',
  owner: 'security',
  version: 1,
  sinks: ['siem'],
  pii: ['email', 'ip_address', 'user_agent'],
} as const;

/** What the security log is for (seed 002 §6.3): the logins of the seeds' wildcard, and what looks wrong. */
export const security = {
  security_login_succeeded: entry({
    ...common,
    description: 'Somebody logged in.',
    severity: 'info',
    properties: z.strictObject(login),
    example,
  }),
  security_login_failed: entry({
    ...common,
    description: 'Somebody tried to log in and was refused.',
    severity: 'warning',
    properties: z.strictObject({ ...login, reason: word }),
    example: { ...example, reason: 'wrong-password' },
  }),
  security_login_locked: entry({
    ...common,
    description: 'An account was locked after too many failed logins.',
    severity: 'warning',
    properties: z.strictObject({ ...login, attempts: count }),
    example: { ...example, attempts: 10 },
  }),
  security_suspicious_activity: entry({
    ...common,
    description: 'Something looks like an attack.',
    severity: 'critical',
    sinks: ['siem', 'console'],
    pii: ['ip_address', 'user_agent', 'details'],
    properties: z.strictObject({
      kind: word,
      user_id: id.optional(),
      ip_address: address.optional(),
      user_agent: text.optional(),
      score: z.number().min(0).max(1).optional(),
      details: text.optional(),
    }),
    example: {
      kind: 'impossible-travel',
      user_id: 'usr_41',
      ip_address: '203.0.113.9',
      score: 0.93,
      details: 'Lisbon and Osaka within 20 minutes',
    },
  }),
  security_data_access: entry({
    ...common,
    description: 'Somebody read sensitive data.',
    severity: 'info',
    pii: ['ip_address'],
    properties: z.strictObject({
      resource_type: word,
      resource_id: id.optional(),
      purpose: word.optional(),
      records: count.optional(),
      ip_address: address.optional(),
    }),
    example: { resource_type: 'lead', records: 250, purpose: 'support', ip_address: '203.0.113.9' },
  }),
} as const;
