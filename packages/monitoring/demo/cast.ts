/** An endpoint of the demo's own API: how often it is asked, how long it takes as a rule, and how often it fails. */
export type DemoEndpoint = {
  readonly endpoint: string;
  readonly method: string;
  readonly perMinute: number;
  /** Milliseconds half of the requests stay under. */
  readonly medianMs: number;
  readonly errorShare: number;
};

/** The endpoints of the demo, the busiest first. */
export const endpoints: readonly DemoEndpoint[] = [
  {
    endpoint: '/api/campaigns',
    method: 'GET',
    perMinute: 42,
    medianMs: 45,
    errorShare: 0.001,
  },
  { endpoint: '/api/inbox', method: 'GET', perMinute: 35, medianMs: 80, errorShare: 0.002 },
  { endpoint: '/api/leads', method: 'GET', perMinute: 24, medianMs: 60, errorShare: 0.001 },
  { endpoint: '/api/mailboxes', method: 'GET', perMinute: 15, medianMs: 38, errorShare: 0.001 },
  { endpoint: '/api/leads/import', method: 'POST', perMinute: 3, medianMs: 640, errorShare: 0.02 },
  { endpoint: '/api/reports', method: 'POST', perMinute: 2, medianMs: 900, errorShare: 0.01 },
];

/** Something that goes wrong in the demo again and again, as a report of it would say. */
export type DemoFault = {
  readonly error_type: string;
  readonly message: (n: number) => string;
  readonly severity: 'warning' | 'error' | 'fatal' | 'critical';
  readonly frames: readonly string[];
  readonly endpoint: string;
  /** How often it happens, against the others. */
  readonly weight: number;
};

/** What goes wrong in the demo. The numbers in a message differ, so that grouping has something to do. */
export const faults: readonly DemoFault[] = [
  {
    error_type: 'TimeoutError',
    message: (n) => `IMAP server did not answer within ${20_000 + n} ms`,
    severity: 'error',
    frames: ['fetchInbox (src/inbox/imap.ts:88:11)', 'pollMailbox (src/inbox/poll.ts:31:5)'],
    endpoint: '/api/inbox',
    weight: 6,
  },
  {
    error_type: 'TypeError',
    message: () => "Cannot read properties of undefined (reading 'replyTo')",
    severity: 'error',
    frames: ['threadOf (src/inbox/thread.ts:42:19)', 'listInbox (src/inbox/list.ts:17:9)'],
    endpoint: '/api/inbox',
    weight: 4,
  },
  {
    error_type: 'CsvError',
    message: (n) => `row ${n} has 7 columns, expected 6`,
    severity: 'warning',
    frames: ['parseLeads (src/leads/csv.ts:55:13)', 'importLeads (src/leads/import.ts:24:3)'],
    endpoint: '/api/leads/import',
    weight: 3,
  },
  {
    error_type: 'PaymentDeclined',
    message: (n) => `invoice inv_${10_000 + n} was declined: insufficient funds`,
    severity: 'critical',
    frames: ['charge (src/billing/charge.ts:71:15)', 'renew (src/billing/renew.ts:12:7)'],
    endpoint: '/api/reports',
    weight: 1,
  },
];

/** What people do in the demo: a part of the product, how often, and the seconds it takes them. */
export const features = [
  { module: 'campaigns', feature: 'editor', weight: 5, seconds: 240 },
  { module: 'campaigns', feature: 'preview', weight: 3, seconds: 40 },
  { module: 'inbox', feature: 'reply', weight: 6, seconds: 120 },
  { module: 'leads', feature: 'import', weight: 1, seconds: 90 },
  { module: 'leads', feature: 'search', weight: 4, seconds: 25 },
  { module: 'reports', feature: 'export', weight: 1, seconds: 60 },
] as const;

/** What administrators of the demo do, as audit events name it. */
export const deeds = [
  { action_type: 'update', resource_type: 'campaign', description: 'changed the daily limit' },
  { action_type: 'create', resource_type: 'mailbox', description: 'connected a mailbox' },
  { action_type: 'delete', resource_type: 'lead-list', description: 'deleted a list of leads' },
  { action_type: 'export', resource_type: 'report', description: 'exported a report' },
  { action_type: 'login', resource_type: 'session', description: 'logged in' },
  { action_type: 'access-denied', resource_type: 'billing', description: 'may not see billing' },
] as const;

/** The external services of the demo: how long they take as a rule, in milliseconds, and how often they fail. */
export const integrations = [
  { id: 'stripe', name: 'Stripe', type: 'payment-gateway', medianMs: 210, errorShare: 0.004 },
  { id: 'postmark', name: 'Postmark', type: 'email-service', medianMs: 95, errorShare: 0.01 },
  {
    id: 'google-auth',
    name: 'Google sign-in',
    type: 'auth-provider',
    medianMs: 130,
    errorShare: 0,
  },
  { id: 'crm-webhook', name: 'CRM webhook', type: 'webhook', medianMs: 420, errorShare: 0.12 },
] as const;

/** The services of the demo and how each is. */
export const services = [
  { id: 'api', name: 'Public API', type: 'api', status: 'healthy', uptime: 99.98, ms: 40 },
  { id: 'postgres', name: 'Postgres', type: 'database', status: 'healthy', uptime: 99.995, ms: 4 },
  { id: 'smtp', name: 'SMTP relay', type: 'email', status: 'degraded', uptime: 99.2, ms: 900 },
  { id: 'imap-poller', name: 'IMAP poller', type: 'email', status: 'down', uptime: 96.4, ms: null },
  {
    id: 'exports',
    name: 'Export storage',
    type: 'storage',
    status: 'unknown',
    uptime: null,
    ms: null,
  },
] as const;
