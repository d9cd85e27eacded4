import { compare, headsAfter } from '@rookery/warehouse/audit/checkpoint';
import { readNewest } from '@rookery/warehouse/audit/checkpoint-shelf';
import { auditHeads } from '@rookery/warehouse/audit/checkpoint.sql';
import { openGuards } from '@rookery/warehouse/audit/guards.sql';
import { checkpointPlaceOf, keysOf, openerOf, shelfOf } from './audit-keys.ts';
import { examine, failed, ok, warn, type Check } from './check.ts';
import type { Options } from './command.ts';
import type { Place } from './place.ts';
import { many } from './table.ts';

type Ops = Pick<Place, 'db' | 'url' | 'from'>;

const hourMs = 3_600_000;
// They are signed every hour: two may be missed before anybody is told.
const lateHours = 3;
const sign =
  'see whether the schedule checkpoints runs, and what it logs; npm run rookery -- audit checkpoint signs one now';

const checkpointCheck = async (place: Ops, options: Options): Promise<readonly Check[]> => {
  const check = 'audit';
  if (place.from === 'environment' && !process.env['CHECKPOINT_PLACE'])
    return [ok(check, 'not looked at: CHECKPOINT_PLACE is not set')];
  const where = checkpointPlaceOf(options);
  const shelf = shelfOf(where);
  const filed = await readNewest(shelf, openerOf(await keysOf(options, shelf)));
  const known = headsAfter(filed.map(({ checkpoint }) => checkpoint));
  const { moved, broken } = compare(known, await place.db('ops').query(auditHeads, null));
  const newest = filed.at(-1)?.checkpoint;
  const [first, ...others] = [...broken, ...(newest?.broken ?? [])];
  if (first !== undefined) {
    const found = `${first.tenant_id}: ${first.reason}`;
    const advice = 'npm run rookery -- audit verify; keep the checkpoints, and find out who';
    return [failed(check, others.length === 0 ? found : `${found}; and more`, advice)];
  }
  const since = `${many(moved.length, 'chain')} moved since`;
  if (newest === undefined)
    return [
      moved.length === 0
        ? ok(check, 'nothing is in it yet')
        : warn(check, `no checkpoint at ${where}; ${since}`, sign),
    ];
  const hours = (Date.now() - Date.parse(newest.at)) / hourMs;
  const found = `signed at ${newest.at.slice(0, 16).replace('T', ' ')} UTC; ${since}`;
  return [hours > lateHours ? warn(check, found, sign) : ok(check, found)];
};

const guardCheck = async (place: Ops): Promise<readonly Check[]> => {
  const [first, ...others] = await place.db('ops').query(openGuards, null);
  if (first === undefined) return [ok('audit guards', 'every trigger and policy is there')];
  const more = others.length === 0 ? '' : `; and ${others.length} more`;
  return [
    failed(
      'audit guards',
      `${first.fault}${more}`,
      'somebody took it away: put it back as packages/db/schema.sql has it, then npm run rookery -- audit verify',
    ),
  ];
};

/** Whether the compliance audit is guarded, and signed outside the database; and whether its ends are where they were signed. */
export const auditChecks = async (place: Ops, options: Options): Promise<readonly Check[]> => {
  if (place.url('ops') === undefined) return [];
  return [
    ...(await examine('audit', () => checkpointCheck(place, options))),
    ...(await examine('audit guards', () => guardCheck(place))),
  ];
};
