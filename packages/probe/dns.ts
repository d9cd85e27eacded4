import { failed, judged, type Fault } from './finding.ts';
import type { Probe } from './probe.ts';
import { recordsOf } from './records.ts';

const alike = (value: string): string => value.replace(/\.$/, '').toLowerCase();

const isSameSet = (found: readonly string[], wanted: readonly string[]): boolean => {
  const [a, b] = [new Set(found.map(alike)), new Set(wanted.map(alike))];
  return a.size === b.size && [...a].every((value) => b.has(value));
};

const shown = (values: readonly string[]): string =>
  values
    .toSorted()
    .slice(0, 5)
    .map((value) => value.slice(0, 80))
    .join(', ');

/** Asks DNS for records: ok when there are some, and those that were expected. */
export const probeDns: Probe<'dns'> = async (spec, context) => {
  const { name, type, resolver } = spec;
  const server =
    resolver === undefined ? undefined : { address: resolver, port: spec.resolver_port ?? 53 };
  const began = performance.now();
  const answer = await recordsOf({ name, type, server }, context);
  const ms = performance.now() - began;
  if (answer.values === null) return judged(ms, [failed(answer.reason)]);
  const { values } = answer;
  const faults: Fault[] = (spec.contains ?? [])
    .filter((wanted) => !values.some((value) => alike(value).includes(alike(wanted))))
    .map((wanted) => failed(`no ${type} record holds ${wanted}`));
  if (spec.equals !== undefined && !isSameSet(values, spec.equals))
    faults.push(failed(`the ${type} records are not those expected, but ${shown(values)}`));
  return judged(ms, faults, { records: values.length });
};
