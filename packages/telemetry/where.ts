import type { SinkName } from './sink.ts';

/** Where a thing that somebody wants to keep or track may go; four of them are sinks' places, `nowhere` is an answer, too. */
export type Place =
  | 'admin-audit-log'
  | 'olap-aggregate'
  | 'configuration'
  | 'notifications'
  | 'siem'
  | 'metrics'
  | 'posthog'
  | 'nowhere';

type Rule = {
  readonly answer: string;
  readonly asks: string;
  readonly place: Place;
  /** Follows "because". */
  readonly because: string;
  readonly next: string;
};

const aggregate =
  'Model an aggregate by tenant and day: a migration and a fact in packages/warehouse/facts, counted from the source. The single events stay out of olap.';

// The checklist of seed 002 §5, in the order in which answers win. What must last comes first: a record that was never made
// cannot be made later, an aggregate can be counted again. Then what is no event at all but state with a home of its own.
// Of what is left the most careful place wins: details of an attack that went to product analytics cannot be taken back.
const rules = [
  {
    answer: 'audit',
    asks: 'Will a regulator or the audit of an enterprise ask who did it?',
    place: 'admin-audit-log',
    because: 'a regulator or the audit of an enterprise will ask who did it',
    next: 'Add the action to packages/telemetry/audit/actions.ts with its class and retention, and record it with audit().',
  },
  {
    answer: 'billing',
    asks: 'Is an invoice made from it?',
    place: 'olap-aggregate',
    because: 'an invoice is made from it',
    next: aggregate,
  },
  {
    answer: 'contract',
    asks: 'Does it prove an SLA or a contract?',
    place: 'olap-aggregate',
    because: 'it proves what a contract or an SLA promises',
    next: aggregate,
  },
  {
    answer: 'promised',
    asks: 'Were customers promised to see it in their analytics?',
    place: 'olap-aggregate',
    because: 'customers were promised to see it in their analytics',
    next: aggregate,
  },
  {
    answer: 'configuration',
    asks: 'Is it a setting that something reads while it runs?',
    place: 'configuration',
    because: 'it is a setting that something reads while it runs',
    next: 'Keep it in the OLTP database or in packages/lambda/config.ts; olap may mirror an effective policy for reports, no more.',
  },
  {
    answer: 'notification',
    asks: 'Is somebody to be shown it, as a notification or a curated incident?',
    place: 'notifications',
    because: 'somebody is to be shown it as a notification or a curated incident',
    next: 'Write it to the Notifications and System Events database of the product; alerts of ours go out by packages/monitoring/notices.',
  },
  {
    answer: 'security',
    asks: 'Does it tell of logins, attacks or access to sensitive data?',
    place: 'siem',
    because: 'it is needed whole, with addresses and names, when an attack is looked into',
    next: "Add one entry to packages/telemetry/plan/security.ts with nature 'security' and call track().",
  },
  {
    answer: 'operations',
    asks: 'Does it tell how the system does: latency, errors, load?',
    place: 'metrics',
    because: 'it says how the system does, not what people do',
    next: "Add one entry to packages/telemetry/plan/infra.ts with nature 'operations' and its metrics, and call track().",
  },
  {
    answer: 'behaviour',
    asks: 'Is it behaviour, an experiment, or something to explore?',
    place: 'posthog',
    because: 'it is behaviour, an experiment or something to explore',
    next: "Add one entry to packages/telemetry/plan with nature 'behaviour', in the file of its category, and call track().",
  },
] as const satisfies readonly Rule[];

type AnyRule = (typeof rules)[number];

/** What the checklist asks; each is answered with yes (true) or no. */
export type Answer = AnyRule['answer'];
export type Answers = { readonly [A in Answer]?: boolean | undefined };

/** The answers for which a sink is the place: an event of the plan gives exactly one of them, as its nature. */
export type Nature = Extract<AnyRule, { place: SinkName }>['answer'];

/** The sinks that an event of a nature may name: the place of that answer, and the log. */
export type SinkOf<N extends Nature> = Extract<AnyRule, { answer: N }>['place'] | 'console';

/** A place, the reason and what to do, in words; `also` are places of answers that did not win. */
export type Direction = {
  readonly place: Place;
  readonly why: string;
  readonly next: string;
  readonly also: readonly { readonly place: Place; readonly why: string }[];
};

/** The checklist: what is asked, and where a yes alone leads, in the order in which answers win. */
export const checklist: readonly {
  readonly answer: Answer;
  readonly asks: string;
  readonly place: Place;
}[] = rules;

/** What can be answered, in the order in which answers win. */
export const answers: readonly Answer[] = rules.map(({ answer }) => answer);

const nowhere: Direction = {
  place: 'nowhere',
  why: 'It goes nowhere, because nothing of the checklist is true of it.',
  next: 'Do not collect it; or say what it is for, and ask again.',
  also: [],
};

/**
 * The seeds' design rules (S2 §5): where something goes for what is true of it. Of several answers the first in the order of
 * `answers` wins and says so; the others tell where a further copy of it may go.
 */
export const whereDoesItGo = (given: Answers): Direction => {
  const [first, ...others] = rules.filter(({ answer }) => given[answer] === true);
  if (first === undefined) return nowhere;
  const elsewhere = others.filter(
    ({ place }, at) =>
      place !== first.place && others.findIndex((other) => other.place === place) === at,
  );
  const wins =
    elsewhere.length === 0
      ? ''
      : ` This wins over ${elsewhere.map(({ place }) => place).join(', ')}.`;
  return {
    place: first.place,
    why: `It goes to ${first.place}, because ${first.because}.${wins}`,
    next: first.next,
    also: elsewhere.map(({ place, because }) => ({
      place,
      why: `What of it is meant for ${place} goes there on its own, because ${because}.`,
    })),
  };
};
