import { Command, InvalidArgumentError } from 'commander';
import type { Db } from '@rookery/db/pool';
import { isDay } from '@rookery/kernel/day';
import { ruleKind, type RuleFields } from '@rookery/monitoring/alerts/rule-change';
import { settingsPage } from '@rookery/monitoring/settings/setting';
import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import { idOption } from '../id-option.ts';
import { refuseUnknownTenant } from '../known-tenant.ts';
import { conditionOf } from '../replay-text.ts';
import { replay, ruleOfFlags, usualDays, type ReplayFlags } from '../rule-replay.ts';
import { table } from '../table.ts';
import { widthOf, wrapped } from '../wrap.ts';

type Flags = Options & { readonly tenant: string };

const mostDays = 400;
const mostRules = 1_000;

const instantOption = (text: string): Date => {
  const instant = new Date(text);
  const isWhole = isDay(text.slice(0, 10)) && /^.{10}(T.*(Z|[+-]\d\d:\d\d))?$/.test(text);
  if (isWhole && Number.isFinite(instant.getTime())) return instant;
  throw new InvalidArgumentError('Write 2026-03-01, or 2026-03-01T08:00:00Z with its zone.');
};

const daysOption = (text: string): number => {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= mostDays) return days;
  throw new InvalidArgumentError(`Write 1 to ${mostDays} days.`);
};

type Shown = RuleFields & { readonly id: string };

// Where the file of each rule has no room, the files are told below.
const rulesTable = (rules: readonly Shown[], width: number): string => {
  const rows = rules.map((rule) => [rule.id, conditionOf(rule), rule.severity, rule.status]);
  const files = rules.map(({ managed_by: file }) => file ?? '');
  const whole = table(
    ['rule', 'condition', 'severity', 'status', 'file'],
    rows.map((row, at) => [...row, files[at] ?? '']),
  );
  if (whole.split('\n').every((line) => line.length <= width)) return whole;
  const notes = [...new Set(files)]
    .filter((file) => file !== '')
    .map((file) => {
      const ids = rules.filter((rule) => rule.managed_by === file).map(({ id }) => id);
      return wrapped(`Of the file ${file}: ${ids.join(', ')}`, width);
    });
  return [table(['rule', 'condition', 'severity', 'status'], rows), ...notes].join('\n');
};

const list = async (ops: Db, tenantId: string): Promise<Answer> => {
  const ask = { tenantId, filters: {}, after: null, limit: mostRules };
  const { body, next } = await settingsPage(ops, ruleKind, ask);
  const text = rulesTable(body.data, widthOf(process.stdout));
  const faulty = body.data.flatMap(({ id, problem }) =>
    problem === null ? [] : [`${id}: ${problem}`],
  );
  const more = next === null ? [] : [`and more: these are the newest ${mostRules}`];
  return {
    data: { rules: body.data, is_whole: next === null },
    text:
      body.data.length === 0 ? `${tenantId} has no rules.` : [text, ...more, ...faulty].join('\n'),
    ok: true,
  };
};

const listCommand = command('list', 'List the rules of a tenant, the newest first.', [
  'rule list --tenant heron-analytics',
])
  .requiredOption('--tenant <id>', 'whose rules', idOption)
  .action((options: Flags) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (place) => {
        await refuseUnknownTenant(place, options.tenant);
        return list(place.db('ops'), options.tenant);
      }),
    ),
  );

const backtestCommand = command(
  'backtest',
  'Replay a rule over history, with the steps of the evaluator: how often it would have fired, when, and on what. Writes nothing.',
  [
    'rule backtest latency --tenant heron-analytics',
    'rule backtest latency --tenant heron-analytics --from 2026-03-01 --to 2026-03-08',
    'rule backtest --file draft.yaml --tenant heron-analytics --days 30 --json',
  ],
)
  .argument('[rule-id]', 'a rule that is there', idOption)
  .requiredOption('--tenant <id>', 'whose rule, and whose history', idOption)
  .option('--file <draft.yaml>', 'a rule that need not exist, by the fields of the HTTP API')
  .option('--from <when>', 'day (UTC) or instant of the first evaluation', instantOption)
  .option('--to <when>', 'where it ends, exclusive (default: now)', instantOption)
  .option('--days <n>', `so many days up to the end (default: ${usualDays})`, daysOption)
  .action((id: string | undefined, options: ReplayFlags) =>
    answer(options, (screen) =>
      atPlace(options, ['ops'], async (place) => {
        await refuseUnknownTenant(place, options.tenant);
        const rule = await ruleOfFlags(place.db('ops'), id, options);
        return replay(place, screen, rule, options);
      }),
    ),
  );

/** `rule`: looks at rules of alerts, and replays them. */
export const ruleCommand = new Command('rule')
  .description('Rules of alerts: list them, and replay one over history.')
  .addCommand(listCommand)
  .addCommand(backtestCommand);
