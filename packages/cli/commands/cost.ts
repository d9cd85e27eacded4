import { InvalidArgumentError, Option } from 'commander';
import { Failure } from '@rookery/kernel/failure';
import { assumptions } from '../../../infra/cost/assumptions.ts';
import { costOf, type Reading } from '../../../infra/cost/cost.ts';
import { pricedAt, prices } from '../../../infra/cost/prices.ts';
import { kinds, usual, type DeployedKind, type Usage } from '../../../infra/cost/stages.ts';
import { answer, command, type Answer, type Options } from '../command.ts';
import { assumptionsText, costText } from '../cost-text.ts';
import { widthOf } from '../wrap.ts';

type Wish = Options &
  Partial<Omit<Usage, 'kind'>> & {
    readonly stage: DeployedKind;
    readonly neon: Reading['neon'];
    readonly freeTier?: boolean;
    readonly assumptions?: boolean;
  };

const mostDigits = 12;

const countOption = (text: string): number => {
  const digits = text.replaceAll(/[,_]/g, '');
  if (/^\d+$/.test(digits) && digits.length <= mostDigits) return Number(digits);
  throw new InvalidArgumentError(
    `Write a whole number of at most ${mostDigits} digits, such as 5000000.`,
  );
};

const usageOf = ({ stage, tenants, emails, requests, events }: Wish): Usage => {
  const own = usual[stage];
  const usage = {
    kind: stage,
    tenants: tenants ?? own.tenants,
    emails: emails ?? own.emails,
    requests: requests ?? own.requests,
    events: events ?? own.events,
  };
  if (usage.tenants === 0 && usage.emails > 0)
    throw new Failure(
      'invalid',
      'tenants-missing',
      `${usage.emails} e-mails need somebody who sends them: give --tenants, or --emails 0`,
    );
  return usage;
};

const priced = (wish: Wish, width: number): Answer => {
  if (wish.assumptions === true)
    return { data: { pricedAt, assumptions, prices }, text: assumptionsText(width), ok: true };
  const reading: Reading = { isFree: wish.freeTier === true, neon: wish.neon };
  const bill = costOf(usageOf(wish), reading);
  const awake = kinds.map((kind) => ({
    kind,
    awake: kind === wish.stage ? bill.awake : costOf({ kind, ...usual[kind] }).awake,
  }));
  return {
    data: { ...pricedAt, reading, ...bill, stages: awake },
    text: costText(bill, reading, awake, width),
    ok: true,
  };
};

/** `cost`: what a stage costs a month, by the topology, with the arithmetic of each line. */
export const costCommand = command(
  'cost',
  'Say what a stage costs a month on AWS and Neon, line by line, and what a million e-mails more would cost.',
  [
    'cost',
    'cost --stage preview',
    'cost --stage production --tenants 200 --emails 5000000',
    'cost --tenants 1000 --emails 50,000,000 --neon scale --json',
    'cost --assumptions',
  ],
)
  .addOption(new Option('--stage <kind>', 'the kind of stage').choices(kinds).default('production'))
  .option('--tenants <n>', 'how many tenants send (default: usual for the stage)', countOption)
  .option('--emails <n>', 'how many e-mails all of them send a month', countOption)
  .option('--requests <n>', 'how often the API is asked a month', countOption)
  .option('--events <n>', 'how many events come in a month', countOption)
  .addOption(
    new Option('--neon <plan>', 'the plan of Neon').choices(['launch', 'scale']).default('launch'),
  )
  .option('--free-tier', 'take off what an account has for free each month')
  .option('--assumptions', 'print what is assumed, and every price with its source')
  .action((wish: Wish) => answer(wish, async () => priced(wish, widthOf(process.stdout))));
