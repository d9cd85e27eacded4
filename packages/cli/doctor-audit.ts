import { readNewest } from '@rookery/warehouse/audit/checkpoint-shelf';
import { checkpointPlaceOf, keysOf, openerOf, shelfOf } from './audit-keys.ts';
import { examine, failed, ok, warn, type Check } from './check.ts';
import type { Options } from './command.ts';

const check = 'audit';
const hourMs = 3_600_000;
// They are signed every hour: two may be missed before anybody is told.
const lateHours = 3;

const checkpointCheck = async (options: Options): Promise<readonly Check[]> => {
  const place = checkpointPlaceOf(options);
  const shelf = shelfOf(place);
  const newest = (await readNewest(shelf, openerOf(await keysOf(options, shelf)))).at(-1);
  const advice =
    'see whether the schedule checkpoints runs, and what it logs; audit checkpoint signs one now';
  if (newest === undefined) return [warn(check, `there is no checkpoint at ${place}`, advice)];
  const { at, broken } = newest.checkpoint;
  const [first] = broken;
  if (first !== undefined)
    return [
      failed(
        check,
        `${first.tenant_id}: ${first.reason}`,
        'run audit verify; keep the checkpoints',
      ),
    ];
  const hours = (Date.now() - Date.parse(at)) / hourMs;
  const found = `signed until ${at.slice(0, 16).replace('T', ' ')} UTC`;
  return [hours > lateHours ? warn(check, found, advice) : ok(check, found)];
};

/** Whether the compliance audit is signed outside the database, and was whole when it was. */
export const auditChecks = (options: Options): Promise<readonly Check[]> =>
  examine(check, () => checkpointCheck(options));
