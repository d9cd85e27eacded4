import { sql } from 'kysely';
import type { Db } from '@rookery/db/pool';
import { statement, type Statement } from '@rookery/db/statement';
import { contract, type Table } from './contract.ts';
import { demoData, type DemoParams } from './demo.ts';
import { cellsOf, names, rowsPerStatement, unnested, type Cells } from './rows.sql.ts';

// What is there stays: loading the same demo again must not undo what has happened to it since.
const addTo = (table: Table): Statement<Cells, { added: 'int8' }> => ({
  title: `add demo rows to source.${table}`,
  on: 'source',
  columns: { added: 'int8' },
  example: [],
  sql: (cells) => sql`
    with written as (
      insert into ${sql.raw(`source.${table}`)} (${names(contract[table])})
      select * from ${unnested(contract[table], cells)}
      on conflict do nothing
      returning 1
    )
    select count(*) as added from written`,
});

/** Adds rows to source.tenants. */
export const addTenants = statement(addTo('tenants'));
/** Adds rows to source.campaigns. */
export const addCampaigns = statement(addTo('campaigns'));
/** Adds rows to source.sequence_steps. */
export const addSequenceSteps = statement(addTo('sequence_steps'));
/** Adds rows to source.domains. */
export const addDomains = statement(addTo('domains'));
/** Adds rows to source.mailboxes. */
export const addMailboxes = statement(addTo('mailboxes'));
/** Adds rows to source.leads. */
export const addLeads = statement(addTo('leads'));
/** Adds rows to source.emails. */
export const addEmails = statement(addTo('emails'));
/** Adds rows to source.warmups. */
export const addWarmups = statement(addTo('warmups'));
/** Adds rows to source.warmup_messages. */
export const addWarmupMessages = statement(addTo('warmup_messages'));
/** Adds rows to source.subscriptions. */
export const addSubscriptions = statement(addTo('subscriptions'));

const inOrder = [
  ['tenants', addTenants],
  ['campaigns', addCampaigns],
  ['sequence_steps', addSequenceSteps],
  ['domains', addDomains],
  ['mailboxes', addMailboxes],
  ['leads', addLeads],
  ['emails', addEmails],
  ['warmups', addWarmups],
  ['warmup_messages', addWarmupMessages],
  ['subscriptions', addSubscriptions],
] as const;

/** Called after every chunk with the rows handled so far and the rows there are in all. */
export type OnProgress = (done: number, total: number) => void;

/** How many rows a table gained. */
export type Loaded = { readonly table: Table; readonly added: number };

/**
 * Writes the demo into the source in one transaction, so an interrupted load leaves nothing behind.
 * A repeated load adds only what is missing.
 */
export const loadDemo = async (
  adminDb: Db,
  params: DemoParams,
  onProgress: OnProgress = () => {},
): Promise<readonly Loaded[]> => {
  const data = demoData(params);
  const total = inOrder.reduce((sum, [table]) => sum + data[table].length, 0);
  return adminDb.transaction(async (tx) => {
    const loaded: Loaded[] = [];
    let done = 0;
    for (const [table, add] of inOrder) {
      let added = 0;
      for (let from = 0; from < data[table].length; from += rowsPerStatement) {
        const chunk = data[table].slice(from, from + rowsPerStatement);
        const [row] = await tx.query(add, cellsOf(contract[table], chunk));
        added += row?.added ?? 0;
        done += chunk.length;
        onProgress(done, total);
      }
      loaded.push({ table, added });
    }
    return loaded;
  });
};
