import { plain, type Line } from './line.ts';
import { dispatchLines, noticeLines } from './question-alerts-dispatch.ts';
import {
  historyLines,
  loads,
  shape,
  shapeLines,
  statementsLine,
  states,
  type State,
} from './question-alerts-evaluate.ts';
import { floorLine } from './question-alerts-floor.ts';
import { openAlertPlace, type Weighed } from './question-alerts-place.ts';
import { probeLines } from './question-alerts-probes.ts';
import { measurePrometheus, type Peer } from './question-alerts-prometheus.ts';
import { sourceLines } from './question-alerts-sources.ts';
import type { Question } from './stage.ts';

type Costs = Readonly<Record<string, Weighed<unknown>>>;

const seconds = (value: number): string => `${value.toFixed(3)} s`;

// The guide measured 0.065 to 0.09 s in another run; the same run says more.
const peerLines = (all: readonly Costs[], peer: Peer | null): Line[] => {
  if (peer === null) return [];
  const names: State[] = ['steady', 'changing', 'first'];
  return loads.flatMap((load, at) =>
    names.flatMap((state) => {
      const ours = all[at]?.[state];
      if (ours === undefined) return [];
      const theirs = peer.seconds(load, state);
      return [
        plain(
          `${shape(load)}, ${states[state]} / Prometheus ${peer.version} in memory, wall`,
          ours.wall / 1_000 / theirs,
          '×',
          { most: 6 },
          `${seconds(ours.wall / 1_000)} / ${seconds(theirs)}`,
        ),
      ];
    }),
  );
};

/** Target 6: evaluations with durable state, what tells of them, and probes. */
export const askAlerts: Question = async (stage) => {
  const alerts = openAlertPlace(stage);
  const lines: Line[] = [];
  const all: Costs[] = [];
  for (const load of loads) {
    const { lines: some, costs } = await shapeLines(alerts, load);
    lines.push(...some);
    all.push(costs);
  }
  stage.say('alerts: Prometheus');
  lines.push(...peerLines(all, await measurePrometheus()), statementsLine(all));
  const usual = all[loads.findIndex(({ rules }) => rules === 100)]?.['steady'];
  if (usual !== undefined) lines.push(floorLine(usual));
  lines.push(...(await sourceLines(alerts)));
  lines.push(...(await dispatchLines(alerts)), ...(await noticeLines(alerts)));
  lines.push(...(await historyLines(alerts)));
  await alerts.clean();
  lines.push(...(await probeLines(stage.say)));
  return lines;
};
