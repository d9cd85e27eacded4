import { describe, expect, test } from 'vitest';
import { isReadable, spansOf, windowFault, type MaintenanceWindow } from './window.ts';

const windowOf = (given: Partial<MaintenanceWindow>): MaintenanceWindow => ({
  tenantId: 't',
  id: 'w',
  name: 'new disks',
  services: [],
  cron: null,
  timezone: 'UTC',
  durationMinutes: 60,
  startsAt: new Date('2026-01-01T00:00:00Z'),
  endsAt: new Date('2027-01-01T00:00:00Z'),
  ...given,
});

const spans = (given: Partial<MaintenanceWindow>, from: string, to: string): string[] =>
  spansOf([windowOf(given)], new Date(from), new Date(to)).map(
    (span) => `${span.from.toISOString().slice(5, 16)} ${span.to.toISOString().slice(5, 16)}`,
  );

const openAt = (windows: readonly MaintenanceWindow[], at: Date): MaintenanceWindow[] =>
  spansOf(windows, at, new Date(at.getTime() + 1)).map(({ window }) => window);

const faultOfCron = (cron: string, after = '2026-03-10T00:00:00Z') =>
  windowFault({ cron, timezone: 'UTC' }, new Date(after));

describe('times of maintenance', () => {
  test('once: from its beginning, for its duration, and not after its end', () => {
    const startsAt = new Date('2026-03-10T10:00:00Z');
    const once = { startsAt, endsAt: new Date('2026-03-10T10:30:00Z') };

    expect(spans(once, '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')).toEqual([
      '03-10T10:00 03-10T10:30',
    ]);
    expect(spans({ startsAt }, '2026-03-10T10:59:00Z', '2026-04-01T00:00:00Z')).toEqual([
      '03-10T10:59 03-10T11:00',
    ]);
    expect(spans({ startsAt }, '2026-03-10T11:00:00Z', '2026-04-01T00:00:00Z')).toEqual([]);
    expect(spans({ startsAt }, '2026-03-01T00:00:00Z', '2026-03-10T10:00:00Z')).toEqual([]);
  });

  test('half open: begun at its first millisecond, over at its last', () => {
    const one = [windowOf({ startsAt: new Date('2026-03-10T10:00:00Z') })];
    const isOpen = (at: string): boolean => openAt(one, new Date(at)).length === 1;

    expect(isOpen('2026-03-10T09:59:59.999Z')).toBe(false);
    expect(isOpen('2026-03-10T10:00:00Z')).toBe(true);
    expect(isOpen('2026-03-10T10:59:59.999Z')).toBe(true);
    expect(isOpen('2026-03-10T11:00:00Z')).toBe(false);
  });

  const night = { cron: '30 2 * * *', timezone: 'Europe/Berlin' };

  test('in spring a time that the clock skips is the moment it jumps to, and an hour is an hour', () => {
    expect(spans(night, '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
      '03-28T01:30 03-28T02:30',
      '03-29T01:00 03-29T02:00',
      '03-30T00:30 03-30T01:30',
    ]);
  });

  test('in autumn a time that the clock shows twice is the first of the two', () => {
    expect(spans(night, '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z')).toEqual([
      '10-24T00:30 10-24T01:30',
      '10-25T00:30 10-25T01:30',
      '10-26T01:30 10-26T02:30',
    ]);
  });

  test('one that began before the time asked for is in it, and none begins before starts_at', () => {
    const long = { cron: '0 0 * * 6', durationMinutes: 2 * 1440 };
    expect(spans(long, '2026-03-08T12:00:00Z', '2026-03-14T12:00:00Z')).toEqual([
      '03-08T12:00 03-09T00:00',
      '03-14T00:00 03-14T12:00',
    ]);
    const later = { ...long, startsAt: new Date('2026-03-07T00:00:00.001Z') };
    expect(spans(later, '2026-03-08T12:00:00Z', '2026-03-14T00:00:00Z')).toEqual([]);
    const exactly = { ...long, startsAt: new Date('2026-03-07T00:00:00Z') };
    expect(spans(exactly, '2026-03-08T12:00:00Z', '2026-03-14T00:00:00Z')).toHaveLength(1);
  });

  test('times that run into each other are one', () => {
    const often = { cron: '*/10 8 * * *', durationMinutes: 15 };
    expect(spans(often, '2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z')).toEqual([
      '03-10T08:00 03-10T09:05',
    ]);
  });

  test('a week of every minute costs no more to look at than any other', () => {
    const dense = windowOf({ cron: '* * * * *', durationMinutes: 10_080 });
    const many = Array.from({ length: 50 }, () => dense);
    const began = performance.now();

    expect(openAt(many, new Date('2026-03-10T10:00:30Z'))).toHaveLength(50);

    // Walked through, they took a minute: the whole time of the look.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('one that is stored and cannot be read has no times, and takes none from the others', () => {
    const at = new Date('2026-03-10T10:30:00Z');
    const good = windowOf({ startsAt: new Date('2026-03-10T10:00:00Z') });
    const broken = [
      windowOf({ id: 'x', cron: 'when it rains' }),
      windowOf({ id: 'y', cron: '0 3 * * *', timezone: 'Mars/Base' }),
    ];

    expect(openAt([...broken, good], at)).toEqual([good]);
    expect([...broken, good].map(isReadable)).toEqual([false, false, true]);
  });

  test('times of maintenance come 48 times a day at most', () => {
    expect(faultOfCron('*/30 * * * *')).toBeNull();
    expect(faultOfCron('*/29 * * * *')).toMatch(/more than 48 times a day/);
    expect(faultOfCron('* * * * 2', '2026-03-10T23:50:00Z')).toMatch(/more than 48/);
    expect(faultOfCron('*/10 8 * * *')).toBeNull();
  });

  test('what cannot be told by an expression or a zone is refused with the reason', () => {
    const after = new Date('2026-03-10T00:00:00Z');
    const fault = (cron: string | null, timezone = 'UTC') => windowFault({ cron, timezone }, after);

    expect(fault(null)).toBeNull();
    expect(fault('0 3 * * 1', 'Asia/Kathmandu')).toBeNull();
    expect(fault('0 3 * * 1', 'Mars/Base')).toMatch(/no IANA zone/);
    expect(fault('0 0 3 * * 1')).toMatch(/five fields/);
    expect(fault('@daily')).toMatch(/five fields/);
    expect(fault('61 3 * * 1')).toMatch(/no cron expression: .*minute/);
    expect(fault('0 0 30 2 *')).toMatch(/never comes/);
  });
});
