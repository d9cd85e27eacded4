import { Failure } from '@rookery/kernel/failure';
import { windowOf } from './catalogue.ts';
import { matcherFault, matcherOps, type Matcher } from './matcher.ts';
import { operators, type NoData, type Rule, type Scope } from './rule.ts';
import type { Want } from './sample.ts';

/** A rule as the database has it, see claim.sql.ts. */
export type RuleRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly metric_name: string;
  readonly operator: string;
  readonly threshold: number;
  readonly recovery_threshold: number | null;
  readonly min_samples: number;
  readonly no_data_state: string;
  readonly for_seconds: number;
  readonly keep_firing_seconds: number;
  readonly evaluation_interval: number;
  readonly lookback_seconds: number;
  readonly window_minutes: number | null;
  readonly scope: unknown;
  readonly is_shadow: boolean;
  readonly revision: number;
};

const invalid = (reason: string): Failure => new Failure('invalid', 'rule-invalid', reason);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const matcherOf = (given: unknown): Matcher => {
  if (!isRecord(given)) throw invalid('a matcher of the scope is {label, op, value}');
  const { label, value } = given;
  const op = matcherOps.find((known) => known === given['op']);
  if (typeof label !== 'string' || typeof value !== 'string' || op === undefined)
    throw invalid(
      `a matcher of the scope is {label, op, value}, op one of ${matcherOps.join(', ')}`,
    );
  const matcher = { label, op, value };
  const fault = matcherFault(matcher);
  if (fault !== null) throw invalid(fault);
  return matcher;
};

/** The scope of a rule; fails with `rule-invalid` when it cannot be used. */
const scopeOf = (given: unknown): Scope => {
  if (given === null || given === undefined) return {};
  if (!isRecord(given)) throw invalid('the scope is {matchers, pattern}');
  const { matchers = [], pattern } = given;
  if (!Array.isArray(matchers)) throw invalid('the matchers of the scope are a list');
  if (pattern !== undefined && typeof pattern !== 'string')
    throw invalid('the pattern of the scope is a text');
  return { matchers: matchers.map(matcherOf), ...(pattern === undefined ? {} : { pattern }) };
};

const policies: readonly NoData[] = ['ok', 'alerting', 'keep'];

/** The rule of a row; fails with `rule-invalid` when it cannot be evaluated. */
export const ruleOf = (row: RuleRow): Rule => {
  const operator = operators.find((known) => known === row.operator);
  const noData = policies.find((known) => known === row.no_data_state);
  if (operator === undefined || noData === undefined)
    throw invalid(`nobody knows ${row.operator} with the policy ${row.no_data_state}`);
  return {
    tenantId: row.tenant_id,
    id: row.id,
    metric: row.metric_name,
    operator,
    threshold: row.threshold,
    recoveryThreshold: row.recovery_threshold,
    minSamples: row.min_samples,
    noData,
    forSeconds: row.for_seconds,
    keepFiringSeconds: row.keep_firing_seconds,
    intervalSeconds: row.evaluation_interval,
    lookbackSeconds: row.lookback_seconds,
    windowMinutes: row.window_minutes,
    scope: scopeOf(row.scope),
    isShadow: row.is_shadow,
    revision: row.revision,
  };
};

/** What a rule has to know at a slot; fails with `rule-invalid` when it searches for no text. */
export const wantOf = (rule: Rule, slot: Date): Want => {
  const isSearch = rule.operator === 'contains' || rule.operator === 'not-contains';
  const { pattern } = rule.scope;
  if (isSearch && (pattern === undefined || pattern === ''))
    throw invalid(`${rule.operator} searches for a text: name it in scope.pattern`);
  return {
    tenantId: rule.tenantId,
    metric: rule.metric,
    slot,
    windowMinutes: windowOf(rule),
    lookbackSeconds: rule.lookbackSeconds,
    search:
      isSearch && pattern !== undefined
        ? { pattern, counts: rule.operator === 'contains' ? 'with' : 'without' }
        : null,
  };
};
