import { setImmediate as breath } from 'node:timers/promises';
import { query, type JSONPathNode } from 'json-p3';
import type { SpecOf } from '@rookery/http/probes';
import { pathFault } from '@rookery/http/probe-fields';
import { failed, type Fault } from './finding.ts';
import type { Purse } from './purse.ts';

type Http = SpecOf<'http'>;
type JsonCondition = NonNullable<Http['json_conditions']>[number];
type Json = Parameters<typeof query>[1];
type Keeps = (value: unknown) => boolean;

const orders = {
  gt: (value: number, bound: number) => value > bound,
  gte: (value: number, bound: number) => value >= bound,
  lt: (value: number, bound: number) => value < bound,
  lte: (value: number, bound: number) => value <= bound,
} as const;

const holds = (value: unknown, wanted: string): boolean =>
  (typeof value === 'string' || Array.isArray(value)) && value.includes(wanted);

type Equality = Extract<JsonCondition, { readonly op: 'equals' | 'not-equals' }>;
const isEquality = (condition: JsonCondition): condition is Equality =>
  condition.op === 'equals' || condition.op === 'not-equals';

const keeper = (condition: JsonCondition): Keeps => {
  if (!('value' in condition)) return () => true;
  if (isEquality(condition))
    return (value) => (value === condition.value) === (condition.op === 'equals');
  if (condition.op === 'contains') return (value) => holds(value, condition.value);
  const { op, value: bound } = condition;
  return (value) => typeof value === 'number' && orders[op](value, bound);
};

const inWords = (condition: JsonCondition): string =>
  'value' in condition ? `${condition.op} ${JSON.stringify(condition.value)}` : condition.op;

// Paths are refused again where they run: what is stored may be older than the rule. One that is let in takes 0.4 s at most
// over 64 KiB (measured 2026-11 over wide, deep and nested answers), in which nobody else is asked: its tenant's purse pays.
const selected = (path: string, json: Json): JSONPathNode[] | string => {
  const fault = pathFault(path);
  if (fault !== null) return fault;
  try {
    return query(path, json).nodes;
  } catch (error) {
    return `cannot be followed: ${error instanceof Error ? error.message : 'unknown error'}`;
  }
};

const jsonFault = (condition: JsonCondition, json: Json): Fault | null => {
  const nodes = selected(condition.path, json);
  if (typeof nodes === 'string') return failed(`the JSONPath ${condition.path} ${nodes}`);
  const isAbsent = nodes.length === 0;
  if (condition.op === 'absent')
    return isAbsent ? null : failed(`the body has something at ${condition.path}`);
  if (isAbsent) return failed(`the body has nothing at ${condition.path}`);
  const keeps = keeper(condition);
  if (nodes.every(({ value }) => keeps(value))) return null;
  return failed(`what the body has at ${condition.path} is not ${inWords(condition)}`);
};

const jsonFaults = async (
  conditions: readonly JsonCondition[],
  body: string,
  purse: Purse,
): Promise<Fault[] | null> => {
  if (conditions.length === 0) return [];
  let json: Json;
  try {
    json = JSON.parse(body);
  } catch {
    return [failed('the body is not JSON, or longer than is read')];
  }
  const faults: (Fault | null)[] = [];
  for (const condition of conditions) {
    // Others get their turn in between: what has come for them is not too late.
    await breath();
    if (purse.isEmpty()) return null;
    const began = performance.now();
    faults.push(jsonFault(condition, json));
    purse.pay(performance.now() - began);
  }
  return faults.filter((fault) => fault !== null);
};

/**
 * Every condition on its body that an answer does not keep; reasons name the condition, never what was answered. Null when
 * the purse is empty before all are judged.
 */
export const bodyFaults = async (
  spec: Http,
  body: string,
  purse: Purse,
): Promise<Fault[] | null> => {
  const ofJson = await jsonFaults(spec.json_conditions ?? [], body, purse);
  if (ofJson === null) return null;
  return [
    ...(spec.contains ?? [])
      .filter((wanted) => !body.includes(wanted))
      .map((wanted) => failed(`the body does not hold ${JSON.stringify(wanted)}`)),
    ...(spec.not_contains ?? [])
      .filter((unwanted) => body.includes(unwanted))
      .map((unwanted) => failed(`the body holds ${JSON.stringify(unwanted)}`)),
    ...ofJson,
  ];
};
