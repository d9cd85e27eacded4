import { openGround, makeSource, openPlace } from './place.ts';
import { compete, measure } from './measure.ts';
import { look, work } from './work.ts';
import { floorOfAll, floorOfDay } from './floor.sql.ts';
import { addDays, dayAt } from '@rookery/kernel/day';
import { seedsDay, seedsTable } from './seeds-way.sql.ts';
import type { CellsMessage } from '@rookery/warehouse/changes/message';
const emails = Number(process.argv[2] ?? 1_000_000);
const t0 = performance.now();
const say = (s: string) => console.log(((performance.now() - t0) / 1000).toFixed(1), s);
const ground = await openGround(process.argv[3]);
try {
  if (process.argv[4] !== 'keep') await makeSource(ground, 'source', { emails, from: 0 }, say);
  const place = await openPlace(ground, 'source', 'warehouse');
  say('place open');
  const all = await look(place);
  say(`${all.length} messages`);
  console.log('backfill3', await measure(ground.maintenance, () => work(place, all, 'threeFacts')));
  say('-');
  console.log('floorAll', await measure(ground.maintenance, () => floorOfAll(place.sourceAdmin)));
  const day = addDays(dayAt(new Date(), 'UTC'), -3);
  const ofDay: CellsMessage[] = [...new Set(all.map(m => m.tenant_id))].map(t => ({ kind: 'cells', tenant_id: t, days: [day], leads: [], reason: 'nightly' }));
  const clear = () => place.warehouseAdmin.script(`delete from olap.campaign_analytics where day='${day}';delete from olap.sequence_step_analytics where day='${day}';delete from olap.mailbox_analytics where day='${day}';`);
  console.log(await compete(ground.maintenance, 3, {
    floor: { run: () => floorOfDay(place.sourceAdmin, day) },
    three: { run: () => work(place, ofDay, 'threeFacts'), prepare: clear },
    rerun: { run: () => work(place, ofDay, 'threeFacts') },
  }));
  say('everything');
  console.log('backfill', await measure(ground.maintenance, () => work(place, all, 'everything')));
  say('-');
  console.log('day', await measure(ground.maintenance, () => work(place, ofDay, 'everything')));
  await place.warehouseAdmin.script(seedsTable);
  console.log('seeds', await measure(ground.maintenance, () => seedsDay(place.sourceAdmin, place.warehouseAdmin, ofDay.map(m=>m.tenant_id), day)));
  say('done');
  await place.close();
} finally { await ground.stop(); }
