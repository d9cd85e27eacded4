import { categories, categoryOf } from '@rookery/telemetry/plan/category';
import type { Entry } from '@rookery/telemetry/plan/entry';
import { directionOf, sinksOf } from '@rookery/telemetry/route';
import { sinkNames } from '@rookery/telemetry/sink';
import {
  checklist,
  whereDoesItGo,
  type Answer,
  type Answers,
  type Direction,
} from '@rookery/telemetry/where';
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

const isSink = (place: string): boolean => sinkNames.some((name) => name === place);

const nextOf = ({ event, entry }: Asked, { place, next }: Direction): string => {
  if (entry !== undefined)
    return `Call track('${event}', { tenantId, properties }); properties are in docs/events.md.`;
  if (!isSink(place) || categoryOf(event) !== undefined) return next;
  return `${next} Its name begins with its category: ${categories.map(({ prefix }) => prefix).join(', ')}.`;
};

/** Where something goes and what to do about it; `wanted` is where that goes which was said of an event besides its entry. */
export type Directed = Direction & { readonly wanted: Direction | null };

/** The direction of what was asked: an event of the plan goes where its entry says, whatever else is wanted of it. */
export const directed = (asked: Asked | undefined, given: Answers): Directed => {
  const said = whereDoesItGo(given);
  if (asked?.entry === undefined)
    return { ...said, next: asked === undefined ? said.next : nextOf(asked, said), wanted: null };
  const own = directionOf(asked.entry);
  const isMore = said.place !== 'nowhere' && said.place !== own.place;
  return { ...own, next: nextOf(asked, own), wanted: isMore ? said : null };
};

const descriptionOf = ({ entry }: Asked): string =>
  entry?.description ?? 'not in the tracking plan yet.';

const personal = ({ pii, sinks }: Told): string =>
  pii.length === 0
    ? 'nothing'
    : `${pii.join(', ')} (${sinks.includes('siem') ? 'the security log alone sees it' : 'no sink sees it'})`;

const lines = (width: number, rows: readonly (readonly [string, string])[]): string[] =>
  rows.map(([label, value]) =>
    wrapped(`  ${label.padEnd(labelWidth)}${value}`, width, labelWidth + 2),
  );

const entryLines = (told: Told, width: number): string[] =>
  lines(width, [
    ['owner', told.owner],
    ['version', String(told.version)],
    ['sinks', told.sinks.join(', ')],
    ['personal', personal(told)],
    ['sample', told.sample === 1 ? 'all are kept' : `${told.sample * 100} % are kept`],
    ['properties', told.properties.join(', ')],
  ]);

const directionLines = ({ place, why, also }: Direction, next: string, width: number): string[] =>
  lines(width, [
    ['goes to', place],
    ['why', why],
    ...also.map(({ place, why }) => ['also', `${place}. ${why}`] as const),
    ['next', next],
  ]);

/** Where something goes, why, and what to do next, as people read it. */
export const whereText = (asked: Asked | undefined, told: Directed, width: number): string => {
  const head = asked === undefined ? [] : [`${asked.event}: ${descriptionOf(asked)}`];
  const { wanted } = told;
  return [
    ...head,
    ...directionLines(told, told.next, width),
    ...(asked?.entry === undefined ? [] : ['', ...entryLines(toldOf(asked.entry), width)]),
    ...(wanted === null
      ? []
      : ['', 'For what was said of it besides', ...directionLines(wanted, wanted.next, width)]),
  ].join('\n');
};

/** The checklist with its options, for who has answered none of it. */
export const checklistText = (width: number): string => {
  const places = Math.max(...checklist.map(({ place }) => place.length)) + 2;
  const options = Math.max(...checklist.map(({ answer }) => answer.length)) + 4;
  return [
    'What is true of it?',
    '',
    ...checklist.map(({ answer, asks, place }) =>
      wrapped(
        `  ${`--${answer}`.padEnd(options)}${place.padEnd(places)}${asks}`,
        width,
        2 + options + places,
      ),
    ),
    '',
    wrapped(
      'Of several answers the upper one wins. An event of the plan is asked by its name.',
      width,
      0,
    ),
  ].join('\n');
};
