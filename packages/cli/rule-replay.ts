import { basename } from 'node:path';
import type { Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { backtest } from '@rookery/monitoring/alerts/backtest';
import { ruleKind, wholeRule, type RuleFields } from '@rookery/monitoring/alerts/rule-change';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { settingOfId } from '@rookery/monitoring/settings/setting';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';
import type { Answer, Options } from './command.ts';
import type { Place } from './place.ts';
import { ruleToReplay, watched } from './replay.ts';
import { replayText } from './replay-text.ts';
import { readYaml } from './rules-file.ts';
import { ruleSchema } from './rules-schema.ts';
import type { Screen } from './screen.ts';
import { many } from './table.ts';
import { textOf } from './text-file.ts';
import { widthOf } from './wrap.ts';

/** What to replay, as flags say it. */
export type ReplayFlags = Options & {
  readonly tenant: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly days?: number;
  readonly file?: string;
};

const dayMs = 86_400_000;

/** How many days are replayed when nobody says. */
export const usualDays = 7;

const spanOf = ({ from, to, days }: ReplayFlags, now: Date): { from: Date; to: Date } => {
  if (from !== undefined && days !== undefined)
    throw new Failure('invalid', 'span-twice', 'give --from or --days, not both');
  const end = to ?? now;
  const start = from ?? new Date(end.getTime() - (days ?? usualDays) * dayMs);
  if (start < end) return { from: start, to: end };
  throw new Failure(
    'invalid',
    'span-empty',
    `--from ${start.toISOString()} is not before --to ${end.toISOString()}`,
  );
};

/** A rule to replay. */
export type Found = { readonly id: string; readonly fields: RuleFields };

// A draft is judged as if it were about to be made.
const draftOf = async (ops: Db, tenantId: string, path: string): Promise<Found> => {
  const file = { name: basename(path), text: await textOf(path) };
  const { id = 'draft', ...wish } = readYaml(file, ruleSchema);
  const fields = wholeRule(wish);
  const thing = { tenantId, id, fields, before: null, now: new Date() };
  const fault = await ops.transaction((tx) => ruleKind.fault(tx, thing));
  if (fault !== null) throw new Failure('invalid', 'rule-invalid', `${file.name}: ${fault}`);
  return { id, fields };
};

/** The rule of an id, or the draft of a file. */
export const ruleOfFlags = async (
  ops: Db,
  id: string | undefined,
  flags: ReplayFlags,
): Promise<Found> => {
  if ((id === undefined) === (flags.file === undefined))
    throw new Failure(
      'invalid',
      'rule-unnamed',
      'name a rule, or a draft with --file draft.yaml: one of them',
    );
  if (flags.file !== undefined) return draftOf(ops, flags.tenant, flags.file);
  const ask = { tenantId: flags.tenant, id: id ?? '' };
  const rule = await settingOfId(ops, ruleKind, ask).catch((cause: unknown) => {
    if (!(cause instanceof Failure) || cause.code !== 'not-found') throw cause;
    throw new Failure(
      'missing',
      'rule-missing',
      `${flags.tenant} has no rule ${ask.id}: see rule list`,
      { cause },
    );
  });
  return { id: rule.id, fields: ruleKind.fieldsOf(rule) };
};

/** Replays a rule over the time of the flags, and tells it. */
export const replay = async (
  place: Place,
  screen: Screen,
  { id, fields }: Found,
  flags: ReplayFlags,
): Promise<Answer> => {
  const { from, to } = spanOf(flags, new Date());
  const rule = ruleToReplay({ tenantId: flags.tenant, id }, fields);
  const { sources, seen } = watched([
    // Quotas alone are in the source: who replays anything else needs no way there.
    ...warehouseSources(readQuotas(() => place.db('source'))),
    ...monitoringSources,
  ]);
  const step = screen.step(`replaying ${id}`);
  const result = await backtest(place.db('ops'), {
    rule,
    from,
    to,
    sources,
    onProgress: ({ done, of }) => {
      step.update(`${id}: ${many(of, 'evaluation')}`, done / Math.max(1, of));
    },
  });
  step.done();
  const told = { id, fields, from, to, result, seen: seen(rule, from, to) };
  const data = { rule_id: id, rule: fields, from, to, history: told.seen, ...result };
  return { data, text: replayText(told, widthOf(process.stdout)), ok: true };
};
