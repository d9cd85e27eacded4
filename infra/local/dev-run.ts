import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { database } from '@rookery/lambda/database';
import { addDays, dayAt, parseDay } from '@rookery/kernel/day';
import { cellsBetween } from '@rookery/warehouse/changes/look';
import { readUsableTenants } from '@rookery/warehouse/changes/tenant';
import { heldCells } from '@rookery/warehouse/changes/ledger.sql';
import { progressOf, reconciled } from '../../packages/cli/progress.sql.ts';
import type { Screen } from '../../packages/cli/screen.ts';
import { schedules, type ScheduleName } from '../topology.ts';
import { namesOf } from './named.ts';
import type { Runtime } from './runtime.ts';

const pollMs = 150;
const found = z.looseObject({ rows: z.number(), problems: z.array(z.string()).default([]) });
const figure = (n: number): string => n.toLocaleString('en-US');

/** One schedule, fired by hand and worked off. */
export type Fired = {
  readonly slot: Date;
  readonly rows: number;
  readonly problems: readonly string[];
};

/** Waits until no queue holds a message and no function runs; `tell` is called meanwhile. */
export const untilIdle = async (
  runtime: Runtime,
  signal: AbortSignal,
  tell: () => Promise<void>,
): Promise<void> => {
  while (!(await runtime.idle())) {
    signal.throwIfAborted();
    await tell();
    await sleep(pollMs);
  }
};

/**
 * Fires a schedule now and waits, showing progress, until no queue holds a message and no function runs.
 * Messages that end in a dead-letter queue end the waiting too: the verdict tells them.
 */
export const fireAndWait = async (
  runtime: Runtime,
  name: ScheduleName,
  screen: Screen,
  signal: AbortSignal,
): Promise<Fired> => {
  const started = performance.now();
  const slot = new Date();
  slot.setMilliseconds(0);
  const { job } = schedules[name];
  const unit = name === 'reconciliation' ? 'tenants' : 'cells';
  const step = screen.step(`${name}: looking`);
  const { rows, problems } = found.parse(await runtime.schedule.fire(name, slot));
  await untilIdle(runtime, signal, async () => {
    const [progress] = await database('ops').query(progressOf, { job, scheduledTime: slot });
    const done = Math.min(rows, progress?.[unit] ?? 0);
    step.update(
      `${name}: ${figure(done)} of ${figure(rows)} ${unit}`,
      rows === 0 ? 1 : done / rows,
    );
  });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  step.done(`${name}: ${figure(rows)} ${unit} in ${seconds} s`);
  for (const problem of problems) screen.warn(problem);
  return { slot, rows, problems };
};

const beginning = parseDay('1970-01-01');

// Cells with e-mails or warm-ups in the source that the ledger does not have.
const missingCells = async (): Promise<number> => {
  const source = database('source');
  const ops = database('ops');
  const { good } = await readUsableTenants(source);
  const to = addDays(dayAt(new Date(), 'Pacific/Kiritimati'), 1);
  const cells = await cellsBetween({ source, warehouse: ops }, good, beginning, to);
  const held = await ops.query(heldCells, {
    tenantIds: good.map((tenant) => tenant.tenant_id),
    from: beginning,
    to,
  });
  const done = new Set(held.map((cell) => `${cell.tenant_id} ${cell.day}`));
  return cells.filter((cell) => !done.has(`${cell.tenantId} ${cell.day}`)).length;
};

/**
 * What is wrong after a reconciliation, in sentences; nothing when every cell is done, no tenant differs and no
 * letter is dead. Something `behind` counts as well: nothing changes the source while `--once` looks.
 */
export const verdict = async (runtime: Runtime, reconciliation: Fired): Promise<string[]> => {
  const faults = [...reconciliation.problems];
  const missing = await missingCells();
  if (missing > 0) faults.push(`${figure(missing)} cells are not done`);
  const rows = await database('ops').query(reconciled, { scheduledTime: reconciliation.slot });
  if (rows.length < reconciliation.rows)
    faults.push(`${reconciliation.rows - rows.length} tenants were not reconciled`);
  for (const { tenant_id: tenant, behind, drift } of rows) {
    if (drift > 0)
      faults.push(`tenant ${tenant}: ${drift} differences are drift; they are queued to be mended`);
    if (behind > 0) faults.push(`tenant ${tenant}: ${behind} differences are behind`);
  }
  for (const [name, { dlq }] of namesOf(await runtime.pending()))
    if (dlq > 0)
      faults.push(
        `${name}-dlq holds ${dlq} dead letters: start npm run dev, then npm run rookery -- dlq show ${name}`,
      );
  return faults;
};
