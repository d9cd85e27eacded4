import {
  PolicyPack,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  type StackValidationArgs,
} from '@pulumi/policy';
import type { Graph } from '../graph/graph.ts';
import type { Rule } from '../rules/rule.ts';
import { isJudgedAlone } from './alone.ts';
import { coming, deployed, graphOf, read, type Deployed } from './carried.ts';
import { namedBy, verdictOf } from './verdict.ts';

// The engine starts the pack anew for each preview and each deployment, and shows it what every resource is made of before the
// cloud gets it. At the end it shows what the cloud made of it, with defaults and in spellings of AWS's own.
const madeOf = new Map<string, Deployed['inputs']>();
const waiting = new Map<string, string>();
// What a preview has been told of a resource it need not hear again at the end.
const told = new Set<string>();

const onItsWay = ({ type, name, urn, props, opts }: ResourceValidationArgs): Deployed =>
  coming({ type, name, urn, props, isProtected: opts.protect });

const there = ({ type, name, urn, props, opts, dependencies }: PolicyResource): Deployed =>
  deployed({ type, name, urn, props, isProtected: opts.protect }, dependencies, madeOf.get(urn));

const judgeAlone =
  (rule: Rule) =>
  (args: ResourceValidationArgs, report: ReportViolation): void => {
    const verdict = verdictOf(rule, graphOf([onItsWay(args)]));
    if (!('faults' in verdict)) return;
    for (const fault of verdict.faults) {
      told.add(`${rule.name} ${fault}`);
      report(fault, args.urn);
    }
  };

// The same for every rule, and @pulumi/policy gives each rule resources of its own: made once, until the last has been asked.
let whole: { readonly graph: Graph; readonly resources: readonly Deployed[] } | undefined;

const wholeOf = (shown: readonly PolicyResource[]) => {
  const resources = shown.map(there);
  return { graph: graphOf(resources), resources };
};

const judge =
  (rule: Rule) =>
  (args: StackValidationArgs, report: ReportViolation): void => {
    whole ??= wholeOf(args.resources);
    const { graph, resources } = whole;
    const verdict = verdictOf(rule, graph);
    if ('faults' in verdict)
      for (const fault of verdict.faults.filter((each) => !told.has(`${rule.name} ${each}`)))
        report(fault, namedBy(fault, rule, { app: graph.app, resources })?.urn);
    else if (verdict.isForEver) args.notApplicable(verdict.lacks);
    else waiting.set(rule.name, verdict.lacks);
  };

const policyOf = (rule: Rule) => ({
  name: rule.name,
  description: rule.says,
  enforcementLevel: 'mandatory' as const,
  ...(isJudgedAlone(rule) ? { validateResource: judgeAlone(rule) } : {}),
  validateStack: judge(rule),
});

const rest = {
  name: 'what-waits-for-the-deployment',
  description: 'Rules that met what is not known before a deployment, and are judged at its end',
  enforcementLevel: 'advisory' as const,
  validateResource: ({ urn, name, props }: ResourceValidationArgs) => {
    madeOf.set(urn, read(name, props));
  },
  validateStack: (_: StackValidationArgs, report: ReportViolation) => {
    const names = [...waiting].map(([name, lacks]) => `${name} (${lacks})`);
    waiting.clear();
    told.clear();
    whole = undefined;
    if (names.length > 0) report(names.join(', '));
  },
};

const leastNode = 22;

/**
 * Serves rules as a policy pack to the engine of Pulumi that started this process: each as a mandatory policy of the whole stage,
 * and those that judge a resource by itself also before the resource is made.
 */
export const servePack = (rules: readonly Rule[]): PolicyPack => {
  if (Number(process.versions.node.split('.')[0]) < leastNode)
    throw new Error(`the rules need Node ${leastNode}; npm run sst brings a Node of its own`);
  return new PolicyPack('rookery', {
    description: 'What must hold of every stage of Rookery',
    policies: [...rules.map(policyOf), rest],
  });
};
