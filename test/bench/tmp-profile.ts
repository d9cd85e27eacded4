import { sql } from 'kysely';
import { statement } from '@rookery/db/statement';
import { openGround } from './place.ts';
import { measure, compete } from './measure.ts';
import { work } from './work.ts';
import { setStage } from './stage.ts';
import { forgetDay, fill } from './warehouse.ts';
import { floorOfDay } from './floor.sql.ts';
const [, , dir, n, what = 'three', mode = 'auto'] = process.argv;
const top = statement({ title: 'x', on: 'warehouse', columns: {} as any, example: {}, sql: () => sql`select calls, round(total_exec_time)::int as exec, round(total_plan_time)::int as plan, shared_blks_hit+shared_blks_read as blks, substring(regexp_replace(query, '\\s+', ' ', 'g') for 60) q from pg_stat_statements order by total_exec_time+total_plan_time desc limit 8` });
const ground = await openGround(dir);
await ground.maintenance.script(`alter system set pg_stat_statements.track_planning = ${what === 'plans' ? 'on' : 'off'}`); await ground.maintenance.script('select pg_reload_conf()');
try {
  await ground.maintenance.script(`do $$ begin execute 'alter role rookery_etl set plan_cache_mode=${mode}'; execute 'alter role rookery_source set plan_cache_mode=${mode}'; exception when others then raise notice 'x'; end $$`);
  const stage = await setStage(ground, Number(n), (s) => console.log(s));
  const { place, ofDay, day } = stage;
  await ground.maintenance.script(`alter role rookery_etl set plan_cache_mode=${mode}`); await ground.maintenance.script(`alter role rookery_source set plan_cache_mode=${mode}`);
  await fill(stage);
  const best: any = await compete(ground.maintenance, 4, {
    floor: { run: () => floorOfDay(place.sourceAdmin, day) },
    three: { run: () => work(place, ofDay, 'threeFacts'), prepare: () => forgetDay(place.warehouseAdmin, day) },
    again: { run: () => work(place, ofDay, 'threeFacts') },
    ...(what === 'whole' ? { whole: { run: () => work(place, ofDay, 'everything'), prepare: () => forgetDay(place.warehouseAdmin, day) } } : {}),
  });
  for (const k of Object.keys(best)) console.log(mode, k.padEnd(8), 'cpu', Math.round(best[k].cpu), 'wall', Math.round(best[k].wall), 'ratio', (best[k].cpu / best.floor.cpu).toFixed(2), 'stmts', best[k].statements);
  await forgetDay(place.warehouseAdmin, day);
  await measure(ground.maintenance, () => work(place, ofDay, what === 'whole' ? 'everything' : 'threeFacts'));
  console.table(await ground.maintenance.query(top, {}));
  await place.close();
} finally { await ground.stop(); }
