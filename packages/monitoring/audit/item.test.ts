import { expect, test } from 'vitest';
import { auditRow } from './item.ts';

const item = {
  time: '2026-03-10T09:30:00Z',
  user_id: 'ann',
  user_email: 'ann@heron.example',
  user_role: 'admin',
  action_type: 'delete',
  resource_type: 'list',
  description: 'd',
  outcome: 'success',
  ip_address: '198.51.100.7',
  severity: 'info',
};

const many = Object.fromEntries(
  Array.from({ length: 400 }, (_, i) => [`key number ${i}`, 'a value of some length']),
);

test('how long an event is kept is not cut off with metadata that is too long', () => {
  const { metadata } = auditRow('k', {
    ...item,
    metadata: { ...many, retention_category: 'legal-hold' },
  });
  expect(metadata).toMatchObject({ retention_category: 'legal-hold', '[cut]': expect.any(Number) });
  expect(Buffer.byteLength(JSON.stringify(metadata))).toBeLessThanOrEqual(4_096);
});

test('which action it tells of is not cut off with metadata that is too long', () => {
  const { metadata } = auditRow('k', { ...item, metadata: { ...many, action: 'account.locked' } });
  expect(metadata).toMatchObject({ action: 'account.locked', '[cut]': expect.any(Number) });
});

test('metadata without a category gets none', () => {
  expect(auditRow('k', item).metadata).toEqual({});
  expect(auditRow('k', { ...item, metadata: { a: 1 } }).metadata).toEqual({ a: 1 });
});
