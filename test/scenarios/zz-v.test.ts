import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler } from '../../functions/api/ingest.ts';
import { take } from '@rookery/monitoring/ingest/take';
import { takeMessage } from '@rookery/monitoring/ingest/work';
import { sweepKeys } from '@rookery/monitoring/ingest/sweep';
import { writers } from '@rookery/monitoring/ingest/writers';
import { streamItems } from '@rookery/http/streams/streams';
import { openDb, type Db } from '@rookery/db/pool';
import { openDoorRoom, type DoorRoom } from './ingest-door-room.ts';
import { asked } from './ingest-room.ts';
import { rollUp } from '@rookery/monitoring/rollup/rollup';

let room: DoorRoom; let ingest: Db;
beforeAll(async () => { room = await openDoorRoom('heron'); ingest = openDb({ url: room.world.url('rookery_ingest'), proxyPort: room.world.proxyPort, max: 8 }); });
afterAll(async () => { await ingest.close(); await room.close(); });
const rows = async (c: string, r: string) => (await room.world.ops.query(asked(c, r), null)).map(({ row }) => row);
const place = (now = new Date()) => ({ ingest, now, healed: () => {} });
const work = async (now = new Date()) => { const out = []; for (const m of await room.drain()) out.push(await takeMessage(streamItems, place(now), m as any)); return out; };
const knock = (stream: string, items: unknown[], headers: object = {}, at = new Date()) => room.ask(handler as any, 'POST /v1/ingest/{stream}', { stream, at, headers: { authorization: `Bearer ${room.token()}`, ...headers } as any, body: { items } });
const t = () => new Date().toISOString();
const act = (m: object = {}) => ({ time: t(), user_id: 'u', session_id: 's', activity_type: 'action', ...m });
const aud = (m: object) => ({ time: t(), user_id:'u', user_email:'a@b.example', user_role:'r', action_type:'read', resource_type:'x', description:'d', ip_address:'1.2.3.4', ...m });

test('A accepted at door, refused by worker', async () => {
  const local = new Date(Date.now()+ 20*3600e3).toISOString().replace('Z','+20:00');
  console.log('A0', (await knock('performance-metrics', [{time:t(),metric_name:'m',request_count:1,error_count:0,tags:{b:'\0'}},{time:t(),metric_name:'m2',request_count:1,error_count:0}])).json.accepted, JSON.stringify(await work()).slice(0,600));
  console.log('A1', (await knock('audit-events', [aud({time:local})])).json.accepted, JSON.stringify(await work()).slice(0,700));
  await room.world.admin.script(`insert into monitoring.tb_integration_health (tenant_id,id,name,integration_type,configured_at) values ('heron','i','i','webhook',now())`);
  const ie = (m: object) => ({integration_id:'i',event_type:'error',direction:'inbound',success:true,occurred_at:t(),...m});
  console.log('A2', (await knock('integration-events', [ie({rate_limit_reset:'0000-01-01T00:00:00Z'}), ie({rate_limit_reset:local}), ie({request_payload:{a:1e308}})])).json.accepted, JSON.stringify(await work()).slice(0,900));
});
test('B U+FFFF', async () => {
  const s = await knock('user-activity', [act({ action: 'a\uFFFFb' }), act({id:'good'})]);
  console.log('B', s.status, JSON.stringify(s.json).slice(0,300), (await room.drain()).length);
});
test('C idempotency key reused after 25h', async () => {
  const h = { 'idempotency-key': 'nightly' };
  const one = await knock('user-activity', [act({ user_id: 'first' })], h); const w1 = await work();
  await room.world.admin.script(`update monitoring.idempotency_key set created_at = now() - interval '26 hours'`);
  const two = await knock('user-activity', [act({ user_id: 'second' })], h); const w2 = await work();
  console.log('C', one.status, one.json.accepted, JSON.stringify(w1), two.status, two.json.accepted, JSON.stringify(w2), await rows('user_id', `tb_user_activity where user_id in ('first','second')`));
});
test('E collision', async () => {
  const s = await knock('user-activity', [act({ user_id: 'e0' }), act({ id: 'KK#0', user_id: 'e1' })], { 'idempotency-key': 'KK' });
  console.log('E', s.json.accepted, JSON.stringify(await work()), await rows('user_id', `tb_user_activity where user_id like 'e_'`));
});
test('D id again after 16 days', async () => {
  const now = new Date();
  const item = act({ user_id: 'd', time: new Date(now.getTime() - 3600e3).toISOString() });
  const b = (receivedAt: Date) => ({ tenantId: 'heron', receivedAt, items: [{ key: 'D', item }] });
  const r1 = await take(place(now), writers['user-activity'], b(now) as any);
  const later = new Date(now.getTime() + 16 * 86400e3);
  await sweepKeys(room.world.ops, later, () => true);
  const r2 = await take(place(later), writers['user-activity'], b(later) as any);
  console.log('D', r1, r2, await rows('count(*)', `tb_user_activity where user_id = 'd'`));
});
test('F page_url', async () => {
  await knock('user-activity', [act({ user_id: 'f', page_url: 'https://app/reset?token=SECRETTOKEN&email=jane@x.example', action:'mail jane@x.example' })]); await work();
  console.log('F', await rows('page_url, action', `tb_user_activity where user_id = 'f'`));
});
test('G anonymised session is re-identified', async () => {
  const b = (key: string, item: object) => ({ tenantId: 'heron', receivedAt: new Date(), items: [{ key, item: act({ session_id: 'g', user_id: 'alice', ip_address: '9.9.9.9', ...item }) }] });
  await take(place(), writers['user-activity'], b('g1', {}) as any);
  await room.world.admin.script(`update monitoring.tb_user_session set user_id = 'zzz-pseudonym', ip_address = null, started_at = now() - interval '31 days' where id = 'g'`);
  await take(place(), writers['user-activity'], b('g2', {}) as any);
  console.log('G', await rows('user_id, ip_address, started_at', `tb_user_session where id = 'g'`));
});
test('W gauges twice a minute', async () => {
  const time = new Date(Math.floor(Date.now()/60000)*60000).toISOString();
  const g = (mean: number) => ({ time, metric_name: 'cpu', metric_type: 'gauge', request_count: 0, error_count: 0, mean });
  await knock('performance-metrics', [g(10)]); await work(); await knock('performance-metrics', [g(90)]); await work();
  console.log('W', await rows('mean,min,max,request_count', `tb_performance_metric where metric_name='cpu'`));
  await rollUp(room.world.ops, () => false);
  console.log('W', await rows('min,max,value_sum,value_count,samples', `tb_performance_metric_5min where metric_name='cpu'`));
});
test('J index row size', async () => {
  let s = ''; for (let i = 0; i < 250; i++) s += String.fromCodePoint(0x10000 + Math.floor(Math.random() * 0xE0000));
  let m = ''; for (let i = 0; i < 50; i++) m += String.fromCodePoint(0x10000 + Math.floor(Math.random() * 0xE0000));
  for (const [n, st, it] of [['perf-utf16', 'performance-metrics', { time: t(), metric_name: m, endpoint: s, request_count: 1, error_count: 0 }]] as const) {
    const r = await knock(st, [it]); console.log('J', n, r.json.accepted, await work().then((w) => JSON.stringify(w), (e) => `THROWS ${e.code} ${e.message} cause ${e.cause?.code}`));
  }
  let c = ''; for (let i = 0; i < 500; i++) c += String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20000));
  let d = ''; for (let i = 0; i < 100; i++) d += String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20000));
  for (const it of [{ time: t(), metric_name: d, endpoint: c, method: d.slice(0, 10), request_count: 1, error_count: 0 }]) {
    const r = await knock('performance-metrics', [it]); console.log('J2', r.json.accepted, JSON.stringify(r.json.items), await work().then((w) => JSON.stringify(w), (e) => `THROWS ${e.code} ${e.message}`));
  }
});
test('I bisect', async () => {
  const time = t();
  await knock('performance-metrics', Array.from({ length: 500 }, () => ({ time, metric_name: 'big', request_count: 2_000_000_000, error_count: 0 })));
  const s = performance.now(); const w = await work(); console.log('I', Math.round(performance.now() - s), 'ms', w.map((x) => x.unit), w[0]?.dead.length);
}, 120000);
test('N body size of kept answers', async () => {
  const bad = await knock('errors', Array.from({ length: 500 }, (_, i) => ({ id: String(i).padStart(200, 'x'), ['q'.repeat(900)]: 1 })), { 'idempotency-key': 'nn' });
  console.log('N', bad.status, await rows('length(body) as n', `idempotency_key where key = 'nn'`));
});
