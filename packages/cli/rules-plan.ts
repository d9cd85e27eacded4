import type { Session } from '@rookery/db/pool';
import { refuseProbe } from '@rookery/lambda/refuse-probe';
import { ruleKind, wholeRule } from '@rookery/monitoring/alerts/rule-change';
import { ruleWarnings } from '@rookery/monitoring/alerts/rule-fault';
import { serviceKind, wholeService } from '@rookery/monitoring/health/service-change';
import { windowKind, wholeWindow } from '@rookery/monitoring/health/window-change';
import { policyKind } from '@rookery/monitoring/notices/escalation-change';
import { inhibitionKind } from '@rookery/monitoring/notices/inhibition-change';
import type { RulesFile, SectionName } from './rules-schema.ts';
import { planSection, type Claim, type SectionPlan } from './rules-section.ts';

type Item<K extends SectionName> = RulesFile[K][number];
type Said<K extends SectionName> = Omit<Item<K>, 'id'>;

/** What an apply would do, in the order in which it is done. */
export type Plan = SectionPlan & { readonly warnings: readonly string[] };

const parentsFirst = (services: readonly Item<'services'>[]): Item<'services'>[] => {
  const byId = new Map(services.map((service) => [service.id, service]));
  const placed = new Set<Item<'services'>>();
  const place = (service: Item<'services'>, above: readonly string[]): void => {
    const parent = byId.get(service.parent_id ?? '');
    // A circle is refused when it is written, with its reason.
    if (parent !== undefined && !above.includes(parent.id)) place(parent, [...above, service.id]);
    placed.add(service);
  };
  for (const service of services) place(service, []);
  return [...placed];
};

// What a rule of the file says; the file is all there is to say, so what it leaves out is as usual.
const sectionsOf = ({ name: managed_by }: RulesFile) => ({
  policies: {
    kind: policyKind,
    fieldsOf: ({ description = null, ...item }: Said<'escalation_policies'>) => ({
      ...item,
      description,
      managed_by,
    }),
  },
  services: {
    kind: serviceKind,
    fieldsOf: (item: Said<'services'>) => wholeService({ ...item, managed_by }),
    derived: ['health_check_url', 'next_check_at'],
  },
  windows: {
    kind: windowKind,
    // One that says no beginning keeps the one it got when it was made.
    fieldsOf: (
      item: Said<'maintenance_windows'>,
      before: { readonly starts_at: string } | null,
      now: Date,
    ) => {
      const kept = before === null ? {} : { starts_at: before.starts_at };
      return wholeWindow({ ...kept, ...item, managed_by }, now);
    },
  },
  inhibitions: {
    kind: inhibitionKind,
    fieldsOf: ({ equal = [], ...item }: Said<'inhibitions'>) => ({ ...item, equal, managed_by }),
  },
  rules: {
    kind: ruleKind,
    fieldsOf: (item: Said<'rules'>) => wholeRule({ ...item, managed_by }),
  },
});

/**
 * Compares a file with what its tenant has: what would be made and changed, what is somebody else's, and what the file owns
 * and says no more. Fails with `change-refused` for a probe of what nobody may reach.
 */
export const planRules = async (tx: Session, file: RulesFile, claim: Claim): Promise<Plan> => {
  for (const { probe } of file.services) refuseProbe(claim.tenantId, probe);
  const { policies, services, windows, inhibitions, rules } = sectionsOf(file);
  const plans = [
    await planSection(tx, policies, file.escalation_policies, claim),
    await planSection(tx, services, parentsFirst(file.services), claim),
    await planSection(tx, windows, file.maintenance_windows, claim),
    await planSection(tx, inhibitions, file.inhibitions, claim),
    await planSection(tx, rules, file.rules, claim),
  ];
  return {
    steps: plans.flatMap(({ steps }) => steps),
    clashes: plans.flatMap(({ clashes }) => clashes),
    // Rules go before the policies that they name, windows before their services.
    orphans: plans.toReversed().flatMap(({ orphans }) => orphans),
    warnings: file.rules.flatMap((rule) =>
      ruleWarnings(wholeRule(rule)).map((warning) => `${rule.id}: ${warning}`),
    ),
  };
};
