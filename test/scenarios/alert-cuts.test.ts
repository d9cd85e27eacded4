import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '@rookery/db/pool';
import { evaluate, whole } from '@rookery/monitoring/alerts/evaluate';
import { dispatch, dispatchedWhole } from '@rookery/monitoring/notices/dispatch';
import { startProxy } from '../../infra/local/proxy.ts';
import { depth } from '../world/depth.ts';
import { pointsOf, startCut, type Cut, type Point } from '../world/cut.ts';
import { at, openAlertRoom, sample, toldSource, type AlertRoom } from './alert-room.ts';

let room: AlertRoom;
let cut: Cut;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let url: string;
beforeAll(async () => {
  room = await openAlertRoom();
  const through = new URL(room.world.url('rookery_ops'));
  const server = { host: through.hostname, port: Number(through.port) };
  cut = await startCut(server, 'postgres');
  proxy = await startProxy([server, { host: '127.0.0.1', port: cut.port }]);
  through.hostname = '127.0.0.1';
  through.port = String(cut.port);
  url = through.href;
});
afterAll(async () => {
  await proxy.close();
  await cut.close();
  await room.close();
});

// A rule that fires at once for three series, and ends a minute after; two minutes on, its end is told.
const source = toldSource(({ slot }) =>
  ['a', 'b', 'c'].map((host) => sample(slot < at(60) ? 9 : 1, { at: slot, labels: { host } })),
);

const run = async (minute: number): Promise<void> => {
  const ops = openDb({ url, proxyPort: proxy.port, max: 1 });
  try {
    whole(await evaluate(ops, { at: at(60 * minute), sources: [source] }));
    dispatchedWhole(await dispatch(ops, at(60 * minute + 40)));
  } finally {
    await ops.close();
    await cut.quiet();
  }
};

// All that is left behind, but for identifiers that follow from the clock.
const left = async () => ({
  alerts: await room.rows(
    'status, labels, current_value, triggered_at, resolved_at',
    'tb_alert order by labels',
  ),
  states: await room.rows('state, labels, active_at', 'alert_state order by labels'),
  went: await room.rows('kind, at, count(*) as n', 'alert_transition group by 1, 2 order by 2, 1'),
  told: await room.rows(
    `kind, recipient, created_at, jsonb_array_length(content -> 'alerts') as n`,
    'notice order by created_at',
  ),
  groups: await room.rows('firing, sent_at', 'alert_group'),
});

const fresh = async (): Promise<void> => {
  await room.empty();
  await room.world.admin.script('truncate monitoring.notice, monitoring.alert_group');
  await room.addRule({ notification_channels: '{in-app}', group_interval_seconds: 30 });
};

const through = async (minutes: readonly number[], point?: Point, from = -1): Promise<void> => {
  await fresh();
  for (const minute of minutes) {
    cut.arm(minute === from ? point : undefined);
    const failed = await run(minute).then(
      () => false,
      () => true,
    );
    // Lambda tries the same slot again.
    if (failed) await run(minute);
  }
};

// All of them take nine minutes: `npm run test:deep` cuts at one in twelve.
const share = depth(80, 12);

test(
  'a connection that is cut in an evaluation or a dispatch leaves the same behind as one that holds',
  async () => {
    const minutes = [0, 1, 2];
    await through(minutes);
    const held = await left();
    expect(held.told).toMatchObject([{ kind: 'firing' }, { kind: 'resolved' }]);
    for (const minute of [0, 1]) {
      await fresh();
      for (let before = 0; before < minute; before += 1) await run(before);
      cut.arm();
      await run(minute);
      const points = pointsOf(cut.seen());
      expect(points.length).toBeGreaterThan(60);
      // Each takes most of a second: a few of them, others for the beginning than for the end.
      for (const point of points.filter((_, n) => n % share === Math.floor((minute * share) / 2))) {
        await through(minutes, point, minute);
        expect(await left(), `cut at minute ${minute} before ${JSON.stringify(point)}`).toEqual(
          held,
        );
      }
    }
  },
  depth(60_000, 1_800_000),
);
