import type { Db } from '@rookery/db/pool';
import type { Day } from '@rookery/kernel/day';
import type { Stage } from './stage.ts';
import { work } from './work.ts';

const facts = [
  'campaign_analytics',
  'mailbox_analytics',
  'sequence_step_analytics',
  'warmup_analytics',
];
const tables = [
  ...facts,
  'lead_analytics',
  'cell',
  'pending_cell',
  'pending_lead',
  'billing_analytics',
  'billing_adjustment',
];

/** Empties the warehouse of everything but the partitions and what it knows of the source. */
export const empty = (admin: Db): Promise<void> =>
  admin.script(`truncate ${tables.map((table) => `olap.${table}`).join(', ')}`);

/** Forgets one day, and the leads last written to on it, so that the next run writes them for the first time. */
export const forgetDay = async (admin: Db, day: Day): Promise<void> => {
  for (const table of facts) await admin.script(`delete from olap.${table} where day = '${day}'`);
  await admin.script(`delete from olap.lead_analytics where last_day = '${day}'`);
  for (const table of [...facts, 'lead_analytics']) await admin.script(`vacuum olap.${table}`);
};

const filled = new WeakSet<Stage>();

/** Fills the warehouse with all facts of all days once, however many questions need it. */
export const fill = async (stage: Stage): Promise<void> => {
  if (filled.has(stage)) return;
  stage.say('filling the warehouse');
  await work(stage.place, stage.all, 'threeFacts');
  await stage.place.warehouseAdmin.script('vacuum analyze');
  filled.add(stage);
};

/** Notes that a question has filled the warehouse itself. */
export const noteFilled = async (stage: Stage): Promise<void> => {
  await stage.place.warehouseAdmin.script('vacuum analyze');
  filled.add(stage);
};
