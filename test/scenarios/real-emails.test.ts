import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importCsv } from '@rookery/source/import';
import { openDesk, type Desk } from '../world/desk.ts';
import type { EmailRow } from '../world/rows.ts';
import { askOne } from './ask.ts';
import { heldFacts } from './held.ts';
import { recount } from './recount.ts';

const data = join(import.meta.dirname, '../../../shared/data');
const isHere = existsSync(join(data, 'emails.csv.gz'));

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(() => new Date('2026-02-10T12:00:00Z'));
});
afterAll(() => desk.close());

// The file has no quotes: a line is its fields. What it leaves out is null.
const linesOf = (text: string): Record<string, string | null>[] => {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, n) => [name, fields[n] || null]));
  });
};

const where = isHere ? '' : ' (skipped: ../shared/data is not here)';
test.skipIf(!isHere)(
  `the 83,083 real e-mails of 12 tenants in 12 time zones equal a recount in plain TypeScript${where}`,
  async () => {
    const files = { emails: join(data, 'emails.csv.gz'), tenants: join(data, 'tenants.csv') };
    const tenants = linesOf(readFileSync(files.tenants, 'utf8'));
    const rows = linesOf(gunzipSync(readFileSync(files.emails)).toString('utf8')).map(
      (row) => ({ open_kind: null, reply_kind: null, ...row }) as unknown as EmailRow,
    );

    await importCsv(desk.world.admin, files);
    await desk.settle();

    for (const { tenant_id, timezone } of tenants) {
      const own = rows.filter((row) => row.tenant_id === tenant_id);
      const held = await heldFacts(desk.world.admin, tenant_id!);
      expect(held).toEqual(recount({ timezone: timezone!, anchor: 1 }, own, []));
      expect((await desk.reconcile(tenant_id!)).differences).toEqual([]);
    }
    expect(tenants).toHaveLength(12);
    expect(
      await askOne(
        desk.world.admin,
        'select sum(sent) as sent, sum(replied) as replied from olap.campaign_analytics',
      ),
    ).toEqual({ sent: 83_083, replied: 42_965 });
  },
  120_000,
);
