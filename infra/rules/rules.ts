import type { Graph } from '../graph/graph.ts';
import { accessRules } from './access.ts';
import { alarmReachRules } from './alarm-reach.ts';
import { alarmRules } from './alarms.ts';
import { apiRules } from './api.ts';
import { busRules } from './bus.ts';
import { cloudRules } from './cloud.ts';
import { dataRules } from './data.ts';
import { functionRules } from './functions.ts';
import { limitRules } from './limits.ts';
import { queueRules } from './queues.ts';
import type { Rule } from './rule.ts';
import { scheduleRules } from './schedules.ts';
import { secretRules } from './secrets.ts';
import { topologyRules } from './topology.ts';
import { warehouseRules } from './warehouse.ts';

/** Everything that must hold of a stage. */
export const rules: readonly Rule[] = [
  ...topologyRules,
  ...functionRules,
  ...queueRules,
  ...scheduleRules,
  ...busRules,
  ...apiRules,
  ...accessRules,
  ...secretRules,
  ...dataRules,
  ...warehouseRules,
  ...alarmRules,
  ...alarmReachRules,
  ...limitRules,
  ...cloudRules,
];

/** The rules that a graph breaks, by name, with where it does. */
export const broken = (graph: Graph): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    rules
      .map(({ name, faults }) => [name, faults(graph)] as const)
      .filter(([, all]) => all.length > 0),
  );
