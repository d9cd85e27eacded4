import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { left, root, start, totals } from './dev-room.ts';

const shared = join(root, '../shared/data');
const real = existsSync(join(shared, 'emails.csv.gz'));

// test/api/real-emails.test.ts has the same e-mails in every run, without the program around them.
test.skipIf(!real)(
  'the 83,083 real e-mails of 12 tenants come out right, 42,965 replied (skipped when ../shared/data is not here)',
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'rookery-dev-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    // Postgres runs as nobody when we are root, and must pass through.
    await chmod(data, 0o711);
    const files = [
      '--emails',
      join(shared, 'emails.csv.gz'),
      '--tenants',
      join(shared, 'tenants.csv'),
    ];

    const { code, out, err } = await start('--once', '--data', data, ...files).done;

    expect([code, err]).toEqual([0, expect.stringContaining('nothing drifts')]);
    // days, sent, delivered, replied
    expect(totals(out).slice(2, 5)).toEqual(['83,083', '83,083', '42,965']);
    expect(totals(out).at(-1)).toBe('0');
    expect(left(data)).toEqual([]);
  },
);
