import { InvalidArgumentError, Option } from 'commander';
import { Failure } from '@rookery/kernel/failure';
import { signToken } from '../../../infra/local/issuer.ts';
import { answer, command, dataDirOf, type Answer, type Options } from '../command.ts';
import { checkedLines, type Checked } from '../smoke-check.ts';
import { smoke, smokeChecks } from '../smoke.ts';
import { placeOf, streaming, streamsOption, urlOption, type Whereabouts } from '../smoke-place.ts';
import type { Stage } from '../smoke-stage.ts';
import { many } from '../table.ts';
import { keyDirOf } from './token.ts';

type Flags = Options &
  Whereabouts & {
    readonly token?: string;
    readonly tenant?: string;
    readonly apiKey?: string;
    readonly write?: boolean;
    readonly all?: boolean;
    readonly timeout: number;
  };

const secondsOption = (text: string): number => {
  const seconds = /^\d{1,3}(\.\d)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('Write seconds, such as 10.');
};

const tokenOf = async (flags: Flags): Promise<string | undefined> => {
  const { token = process.env['SMOKE_TOKEN'], tenant } = flags;
  if (tenant === undefined) return token === '' ? undefined : token;
  if (flags.token !== undefined)
    throw new Failure('invalid', 'token-ambiguous', 'give --token or --tenant, not both');
  const wish = { role: 'tenant-admin', subject: 'smoke', expiresInSeconds: 600 } as const;
  return signToken(keyDirOf(dataDirOf(flags)), { tenantId: tenant, ...wish });
};

const stageOf = async (given: string | undefined, flags: Flags): Promise<Stage> => ({
  ...(await placeOf(given, flags)),
  token: await tokenOf(flags),
  apiKey: flags.apiKey ?? (process.env['SMOKE_API_KEY'] || undefined),
  isWriting: flags.write === true,
  timeoutMs: flags.timeout * 1_000,
});

// The last line, and whether it is well: with --all what was skipped is not.
const verdictOf = (
  all: readonly Checked[],
  isAll: boolean,
): { readonly verdict: string; readonly passed: boolean } => {
  const count = (verdict: Checked['verdict']): number =>
    all.filter((each) => each.verdict === verdict).length;
  const [failed, skipped, warned] = [count('fail'), count('skipped'), count('warn')];
  const made = all.length - skipped;
  const first =
    failed > 0 ? `${failed} of ${many(made, 'check')} failed` : `${many(made, 'check')} passed`;
  const unknown = isAll
    ? 'which fails by --all'
    : `of which nothing is known${failed > 0 ? '' : ': --all fails then'}`;
  const rest = [
    ...(warned > 0 ? [many(warned, 'warning')] : []),
    ...(skipped > 0 ? [`${skipped} skipped, ${unknown}`] : []),
  ];
  return {
    verdict: [first, ...rest].join('; '),
    passed: failed === 0 && !(isAll && skipped > 0),
  };
};

const run = async (given: string | undefined, flags: Flags): Promise<Answer> => {
  const stage = await stageOf(given, flags);
  const width = Math.max(...smokeChecks.map(({ name }) => name.length));
  const isQuiet = flags.json === true;
  if (!isQuiet) console.log(stage.api);
  const checks = await smoke(stage, (checked) => {
    if (!isQuiet) console.log(checkedLines(checked, width));
  });
  const { passed, verdict } = verdictOf(checks, flags.all === true);
  return {
    data: { url: stage.api, passed, verdict, checks },
    text: `\n${verdict}`,
    ok: passed,
  };
};

/** `smoke`: asks a deployed stage over its URL whether all of it answers as this checkout says, and changes nothing. */
export const smokeCommand = command(
  'smoke',
  'Check a deployed stage over its URL: every route, who is let in, freshness, streams. It only reads, unless --write.',
  [
    'smoke https://abc123.execute-api.eu-west-1.amazonaws.com',
    'smoke --outputs .sst/outputs.json --timeout 30',
    'smoke --tenant t01 --write --all',
    'smoke https://api.example.com --streams https://x.lambda-url…',
  ],
)
  .argument('[url]', 'of the API (default: that of npm run dev)', urlOption)
  .option('--outputs <file>', 'the outputs of sst deploy, instead of URLs')
  .addOption(
    new Option(
      '--streams <url>',
      `where exports are; ${streaming.join('=<url> or ')}=<url> for one of them`,
    )
      .argParser(streamsOption)
      .default({}, 'that of the API'),
  )
  .option('--token <jwt>', 'of a tenant of the stage (better: SMOKE_TOKEN, which ps does not show)')
  .option('--tenant <id>', 'a tenant of npm run dev, for a token of its own issuer')
  .option('--api-key <key>', 'with the scope errors, for --write (better: SMOKE_API_KEY)')
  .option('--write', 'also send one error of the environment smoke-test, three times')
  .option('--all', 'fail when a check is skipped: nothing goes unseen (needs a token and --write)')
  .option('--timeout <seconds>', 'for one answer, and for a stage that wakes', secondsOption, 10)
  .addHelpText(
    'after',
    `
A check that cannot be made is skipped and says why; it neither passes nor
fails, unless --all. The last line counts them. Warnings do not fail.`,
  )
  .action((given: string | undefined, options: Flags) =>
    answer(options, () => run(given, options)),
  );
