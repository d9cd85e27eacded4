import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEvent } from '@rookery/http/streams/audit-events';
import { auditActions } from '@rookery/http/words';
import { Failure } from '@rookery/kernel/failure';
import { deeds, type Action } from '@rookery/telemetry/audit/action';
import { actions, ownActions, type ActionName } from '@rookery/telemetry/audit/actions';
import { itemOf } from '@rookery/telemetry/audit/deed';
import { categories, classes } from '@rookery/telemetry/audit/keeping';
import { payloadField } from '@rookery/telemetry/audit/payload';
import { ask } from '../scenarios/ask.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the catalogue are its names
const names = Object.keys(actions) as ActionName[];

const rowOf = (
  action: string,
  { named, ...of }: Partial<Action> & Omit<Action, 'deeds' | 'things' | 'values'>,
) => ({
  action,
  deeds: of.deeds ?? [],
  things: of.things ?? [],
  named: named === true || of.deeds === undefined,
  data_classification: of.class,
  retention_category: of.category,
  description: of.description,
});

const byName = (a: { action: string }, b: { action: string }) => (a.action < b.action ? -1 : 1);

test('the allow-list of the database is the catalogue, row by row', async () => {
  const rows = await ask<{ action: string }>(world.api, 'select * from olap.audit_action');
  const catalogue = [...Object.entries(actions), ...Object.entries(ownActions)];
  expect(rows.toSorted(byName)).toEqual(
    catalogue.map(([name, action]) => rowOf(name, action)).toSorted(byName),
  );
});

test('how long each category is kept is what the database ages by, and what goes by class', async () => {
  const kept = await ask(
    world.ops,
    'select category, keep_days, personal_days from olap.audit_retention',
  );
  const byClass = await ask<{
    data_classification: keyof typeof classes;
    personal_columns: string[];
  }>(world.ops, 'select data_classification, personal_columns from olap.audit_class');

  expect(new Set(kept)).toEqual(
    new Set(
      Object.entries(categories).map(([category, { keepDays, personalDays }]) => ({
        category,
        keep_days: keepDays,
        personal_days: personalDays,
      })),
    ),
  );
  for (const { data_classification: name, personal_columns: columns } of byClass)
    expect([name, columns.toSorted()]).toEqual([name, classes[name].toSorted()]);
  expect(byClass).toHaveLength(Object.keys(classes).length);
});

test('the deeds of the catalogue are those that audit events know', () => {
  expect(deeds).toEqual(auditActions);
});

test('nobody who logs in can change the list', async () => {
  for (const db of [world.api, world.etl, world.ops])
    for (const text of [
      `insert into olap.audit_action values ('a.b', '{read}', '{x}', false, 'internal', 'security', 'd')`,
      `update olap.audit_action set things = '{}', deeds = '{}', named = true`,
      'delete from olap.audit_action',
      'truncate olap.audit_action',
      'drop trigger promote on monitoring.tb_audit_event',
      'alter table monitoring.tb_audit_event disable trigger promote',
      'drop function olap.promote_audit_events() cascade',
    ])
      await expect(db.script(text)).rejects.toMatchObject({ code: '42501' });
});

test('the database and audit() find the same field of a payload, or none, in 3,000 documents', async () => {
  const word = fc.constantFrom(
    ...'request Response body html role seats id ms duration query text cpu pool subject'.split(
      ' ',
    ),
    ...'email message utm page views sql rows scanned headers Keep Alive x attachments'.split(' '),
  );
  const name = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('_', '-', '', ' ', '.'))
    .map(([parts, between]) => parts.join(between));
  const field = fc
    .tuple(name, fc.constantFrom(1, [{ a: 1 }], null))
    .map(([key, value]) => ({ [key]: value }));
  const documents = fc.sample(field, { numRuns: 3_000, seed: 6 });

  const found = await ask<{ field: string | null }>(
    world.admin,
    `select olap.payload_field(d.document) as field
     from jsonb_array_elements('${JSON.stringify(documents)}'::jsonb) with ordinality d(document, place) order by d.place`,
  );

  expect(found.map(({ field: of }) => of)).toEqual(documents.map(payloadField));
  expect(new Set(documents.map(payloadField)).size).toBeGreaterThan(50);
});

const text = (most: number) => fc.string({ minLength: 0, maxLength: most, unit: 'binary' });

// The item, or nothing where it is refused; anything else is thrown.
const builtOf = (name: ActionName, deed: object, at: Date) => {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what no type lets through
    return itemOf(name, deed as never, { id: 'a', at });
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
};

test('every item that audit() builds is one that the stream takes, whatever it is told; anything else it refuses', () => {
  const told = fc.record(
    {
      tenantId: text(20),
      actor: fc.record({ id: text(60), email: text(60), role: text(60) }),
      resourceId: text(120),
      ip: fc.oneof(fc.ipV4(), fc.ipV6(), text(10)),
      userAgent: text(40),
      reason: text(40),
      approval: fc.record({ by: text(60), reference: text(20) }, { requiredKeys: ['by'] }),
      failure: text(20),
      before: fc.oneof(fc.dictionary(text(10), fc.jsonValue()), fc.constant({})),
      after: fc.oneof(fc.dictionary(text(10), fc.jsonValue()), fc.constant({})),
    },
    { requiredKeys: ['tenantId', 'actor', 'resourceId', 'ip'] },
  );
  let built = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      told,
      fc.date({ noInvalidDate: true, min: new Date('2001') }),
      (name, deed, at) => {
        const item = builtOf(name, deed, at);
        if (item === undefined) return true;
        built += 1;
        const { error } = auditEvent.safeParse(item);
        return (error?.issues ?? []).every(({ path }) => path[0] === 'time');
      },
    ),
    { numRuns: 3_000 },
  );
  expect(built).toBeGreaterThan(50);
});
