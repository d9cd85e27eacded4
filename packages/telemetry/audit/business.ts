import { settings, type Action } from './action.ts';

/**
 * What the tenant pays for, and what holds for the whole of it. Of the monitoring tier only what leads out of the tenant or
 * decides what is remembered: notification targets, retention policies, legal holds. An alert rule, an escalation policy, a
 * silence, a window or a service concerns one thing and changes in daily work: tb_audit_event keeps that.
 */
export const business = {
  'subscription.started': {
    description: 'subscribed to a plan',
    deeds: ['create'],
    things: ['subscription'],
    class: 'internal',
    category: 'billing',
    values: settings,
  },
  'subscription.changed': {
    description: 'changed a subscription',
    deeds: ['update'],
    things: ['subscription'],
    class: 'internal',
    category: 'billing',
    values: settings,
  },
  'subscription.cancelled': {
    description: 'cancelled a subscription',
    deeds: ['delete'],
    things: ['subscription'],
    class: 'internal',
    category: 'billing',
    values: settings,
  },
  'billing_details.changed': {
    description: 'changed whom invoices go to, or how they are paid',
    deeds: ['update', 'create', 'delete'],
    things: ['billing-details', 'payment-method'],
    class: 'personal',
    category: 'billing',
    values: settings,
  },
  'invoice.adjusted': {
    description: 'changed what is owed: a credit, a refund, a correction',
    deeds: ['update', 'create', 'delete'],
    things: ['invoice', 'billing-adjustment', 'credit', 'refund'],
    class: 'internal',
    category: 'billing',
    values: settings,
  },
  'tenant_settings.changed': {
    description: 'changed settings of the whole tenant',
    deeds: ['update'],
    things: ['tenant-settings', 'tenant'],
    class: 'internal',
    category: 'configuration',
    values: settings,
  },
  'security_policy.changed': {
    description: 'changed how people of the tenant come in: sign-on, second factor, addresses',
    deeds: ['update', 'create', 'delete'],
    things: ['security-policy', 'single-sign-on', 'ip-allowlist'],
    class: 'internal',
    category: 'security',
    values: settings,
  },
  'notification_target.changed': {
    description: 'changed where notices leave the tenant to, or their secret',
    deeds: ['update', 'create', 'delete'],
    things: ['notification-target'],
    class: 'personal',
    category: 'configuration',
    values: settings,
  },
  'webhook.changed': {
    description: 'changed where events leave the tenant to',
    deeds: ['update', 'create', 'delete'],
    things: ['webhook'],
    class: 'internal',
    category: 'configuration',
    values: settings,
  },
  'retention_policy.changed': {
    description: 'changed how long something is kept',
    deeds: ['update', 'create', 'delete'],
    things: ['retention-policy', 'retention-category'],
    class: 'internal',
    category: 'records',
    values: settings,
  },
  'legal_hold.placed': {
    description: 'placed a legal hold',
    deeds: ['create'],
    things: ['legal-hold'],
    class: 'restricted',
    category: 'records',
    values: settings,
  },
  'legal_hold.released': {
    description: 'released a legal hold',
    deeds: ['update', 'delete'],
    things: ['legal-hold'],
    class: 'restricted',
    category: 'records',
    values: settings,
  },
} as const satisfies Record<string, Action>;
