import { Failure } from '@rookery/kernel/failure';
import { nearNames } from '@rookery/telemetry/near';
import type { Plan } from '@rookery/telemetry/plan/entry';
import { plan } from '@rookery/telemetry/plan/plan';
import { checklist, type Answers } from '@rookery/telemetry/where';
import { answer, command, type Answer, type Options } from '../command.ts';
import { checklistText, directed, toldOf, whereText, type Asked } from '../where-text.ts';
import { widthOf } from '../wrap.ts';

const known: Plan = plan;

const unknown = (event: string): Failure => {
  const near = nearNames(event, Object.keys(known));
  const hint = near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `;
  return new Failure(
    'missing',
    'event-unknown',
    `the tracking plan has no event ${event}. ${hint}To learn where a new one would go, say what is true of it: ` +
      `where-does-it-go ${event} --behaviour (or another answer; without any event the command lists them)`,
  );
};

const told = (asked: Asked | undefined, given: Answers, width: number): Answer => {
  const direction = directed(asked, given);
  const entry = asked?.entry === undefined ? null : toldOf(asked.entry);
  return {
    data: { event: asked?.event ?? null, ...direction, entry },
    text: whereText(asked, direction, width),
    ok: true,
  };
};

const answered = (event: string | undefined, given: Answers, width: number): Answer => {
  const isGiven = Object.values(given).includes(true);
  if (event === undefined)
    return isGiven
      ? told(undefined, given, width)
      : { data: { checklist }, text: checklistText(width), ok: true };
  const entry = Object.hasOwn(known, event) ? known[event] : undefined;
  if (entry === undefined && !isGiven) throw unknown(event);
  return told({ event, entry }, given, width);
};

/** `where-does-it-go`: the place of something that is to be kept or tracked, with the reason in words. */
export const whereDoesItGoCommand = command(
  'where-does-it-go',
  'Say where an event, or something of which you know what is true, goes; why; and what to do next.',
  [
    'where-does-it-go',
    'where-does-it-go email_opened',
    'where-does-it-go panel_moved --behaviour',
    'where-does-it-go --billing --behaviour --json',
  ],
)
  .argument('[event]', 'the name of an event')
  .action((event: string | undefined, options: Options & Answers) => {
    const given = Object.fromEntries(checklist.map(({ answer }) => [answer, options[answer]]));
    return answer(options, async () => answered(event, given, widthOf(process.stdout)));
  });

for (const { answer, asks } of checklist) whereDoesItGoCommand.option(`--${answer}`, asks);
