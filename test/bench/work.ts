import { dayAt } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { periodOf } from '@rookery/kernel/period';
import { coverDays } from '@rookery/warehouse/billing/period.sql';
import { lookForChanges } from '@rookery/warehouse/changes/look';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
import { aggregate } from '@rookery/warehouse/facts/aggregate';
import { campaign, mailbox, step } from '@rookery/warehouse/facts/fact';
import { openCells } from '@rookery/warehouse/facts/gate.sql';
import { readFacts } from '@rookery/warehouse/facts/read.sql';
import { writeFacts } from '@rookery/warehouse/facts/write.sql';
import type { Place } from './place.ts';

const three = [campaign, step, mailbox];
const readThree = readFacts(three);
const writeThree = writeFacts(three);

/** Fact rows that some work wrote and deleted. */
export type Written = { readonly written: number; readonly deleted: number };

/** Replaces the cells of a message for the three facts of target 1, with the product's own statements. */
const threeFacts = async ({ source, etl }: Place, message: CellsMessage): Promise<Written> => {
  const { tenant_id: tenantId, days, reason } = message;
  const [facts] = await source.query(readThree, { tenantId, days });
  if (facts === undefined || facts.timezone === null || facts.billing_anchor === null)
    throw new Failure('missing', 'tenant-unknown', `tenant "${tenantId}" is not in the source`);
  const { timezone, billing_anchor: anchor } = facts;
  const latest = days.at(-1);
  if (latest === undefined) throw new Failure('invalid', 'days-missing', 'the bench sends days');
  return etl.transaction(
    async (tx) => {
      const [gate] = await tx.query(openCells, {
        system: facts.system,
        xmax: facts.xmax,
        inProgress: facts.in_progress,
        tenantId,
        timezone,
        billingAnchor: anchor,
        days,
        reason,
        today: dayAt(new Date(), timezone),
      });
      if (gate === undefined || gate.days.length !== days.length)
        throw new Failure(
          'conflict',
          'cells-overtaken',
          'the bench runs alone, yet a cell was newer',
        );
      const periods = gate.uncovered.map((day) => periodOf(day, anchor));
      if (periods.length > 0)
        await tx.query(coverDays, {
          tenantId,
          timezone,
          days: gate.uncovered,
          firsts: periods.map(({ first }) => first),
          ends: periods.map(({ end }) => end),
        });
      const [rows] = await tx.query(writeThree, { tenantId, days, values: facts, milliseconds: 0 });
      return rows ?? { written: 0, deleted: 0 };
    },
    { tenantId },
  );
};

/** Replaces the cells of a message as the queue function does: every fact, leads, scores, billing. */
const everything = (place: Place, message: CellsMessage): Promise<Written> =>
  aggregate(
    { source: place.source, warehouse: place.etl, now: () => new Date() },
    { tenantId: message.tenant_id, ...message },
  );

const one = { threeFacts, everything } as const;

/** How much is done with a cell: the three facts of the targets, or all that the product does. */
export type Extent = keyof typeof one;

/** Works messages off, one after the other on warm connections; returns the fact rows that changed. */
export const work = async (
  place: Place,
  messages: readonly CellsMessage[],
  extent: Extent,
): Promise<Written> => {
  let written = 0;
  let deleted = 0;
  for (const message of messages) {
    const done = await one[extent](place, message);
    written += done.written;
    deleted += done.deleted;
  }
  return { written, deleted };
};

let slots = 0;

/** Looks for changed cells as the schedule does, and returns the messages it would queue. */
export const look = async ({ source, ops }: Place): Promise<CellsMessage[]> => {
  const messages: CellsMessage[] = [];
  slots += 1;
  await lookForChanges(
    { source, warehouse: ops, send: async (more) => void messages.push(...more) },
    'changed',
    { job: 'bench', scheduledTime: new Date(Date.now() + slots) },
  );
  return messages;
};
