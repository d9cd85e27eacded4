import { categoryOf } from '@rookery/telemetry/plan/category';
import type { Entry } from '@rookery/telemetry/plan/entry';
import { sinksOf } from '@rookery/telemetry/route';
import { checklist, type Answer, type Direction } from '@rookery/telemetry/where';
import { table } from './table.ts';
import { wrapped } from './wrap.ts';

/** An event that was asked for by name: its entry where the plan has one. */
export type Asked = { readonly event: string; readonly entry: Entry | undefined };

/** What is printed for an event: everything that its entry decides. */
export type Told = {
  readonly description: string;
  readonly owner: string;
  readonly version: number;
  readonly nature: Answer;
  readonly sinks: readonly string[];
  readonly pii: readonly string[];
  readonly sample: number;
  readonly properties: readonly string[];
};

const labelWidth = 12;

/** The entry of an event as an answer for programs. */
export const toldOf = (entry: Entry): Told => ({
  description: entry.description,
  owner: entry.owner,
  version: entry.version,
  nature: entry.nature,
  sinks: sinksOf(entry),
  pii: entry.pii,
  sample: entry.nature === 'behaviour' ? (entry.sample ?? 1) : 1,
  properties: Object.keys(entry.properties.shape),
});

/** What to do next about an event: call `track` when the plan has it, else write its entry, or what its place wants. */
export const nextOf = ({ event, entry }: Asked, { place, next }: Direction): string => {
  const isSink = place === 'posthog' || place === 'siem' || place === 'metrics';
  if (entry !== undefined && isSink)
    return `Call track('${event}', { tenantId, properties }); properties are in docs/events.md.`;
  if (!isSink || categoryOf(event) !== undefined) return next;
  return `${next} Its name begins with the category: email_, security_, infra_, business_ or admin_.`;
};

const lines = (width: number, rows: readonly (readonly [string, string])[]): string[] =>
  rows.map(([label, value]) =>
    wrapped(`  ${label.padEnd(labelWidth)}${value}`, width, labelWidth + 2),
  );

const entryLines = (told: Told, width: number): string[] =>
  lines(width, [
    ['owner', told.owner],
    ['version', String(told.version)],
    ['sinks', told.sinks.join(', ')],
    [
      'personal',
      told.pii.length === 0 ? 'nothing' : `${told.pii.join(', ')} (the security log alone sees it)`,
    ],
    ['sample', told.sample === 1 ? 'all are kept' : `${told.sample * 100} % are kept`],
    ['properties', told.properties.join(', ')],
  ]);

/** Where something goes, why, and what to do next, as people read it. */
export const whereText = (
  asked: Asked | undefined,
  direction: Direction,
  { next, width }: { readonly next: string; readonly width: number },
): string => {
  const told = asked?.entry === undefined ? undefined : toldOf(asked.entry);
  const head =
    asked === undefined
      ? []
      : [`${asked.event}: ${told?.description ?? 'not in the tracking plan yet.'}`];
  return [
    ...head,
    ...lines(width, [
      ['goes to', direction.place],
      ['why', direction.why],
      ...direction.also.map(({ place, why }) => ['also', `${place}. ${why}`] as const),
      ['next', next],
    ]),
    ...(told === undefined ? [] : ['', ...entryLines(told, width)]),
  ].join('\n');
};

/** The checklist with its options, for who has answered none of it. */
export const checklistText = (width: number): string =>
  [
    table(
      ['answer', 'asks', 'goes to'],
      checklist.map(({ answer, asks, place }) => [`--${answer}`, asks, place]),
    ),
    '',
    wrapped(
      'Of several answers the upper one wins. An event of the plan is asked by its name.',
      width,
      0,
    ),
  ].join('\n');
