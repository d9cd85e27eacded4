import { auditEvent } from '@rookery/http/streams/audit-events';
import { take } from '@rookery/monitoring/ingest/take';
import { writers } from '@rookery/monitoring/ingest/writers';
import type { Line } from './line.ts';
import { compete } from './measure.ts';
import { openAs } from './question-audit-place.ts';
import { chainedScript, unchainedScript } from './question-audit.sql.ts';
import { perEvent } from './question-telemetry-admit.ts';
import type { Stage } from './stage.ts';

const number = (n: number): string => n.toLocaleString('en');

/** Whose chain this question leaves, to be verified and exported. */
export const verifiedTenant = 'verified';

/** Entries chained by the trigger against the same rows without it; and whether an entry costs more among many. */
export const chainLines = async (
  { ground, place, repeats, say }: Stage,
  many: number,
): Promise<Line[]> => {
  say('audit: the chain');
  const few = many / 10;
  let turn = 0;
  const chained = (entries: number, tenant?: string) => ({
    run: () =>
      place.warehouseAdmin.script(chainedScript(tenant ?? `chained-${(turn += 1)}`, entries)),
  });
  const run = await compete(ground.maintenance, repeats, {
    few: chained(few),
    bare: {
      run: () => place.warehouseAdmin.script(unchainedScript(`bare-${(turn += 1)}`, few)),
    },
  });
  const { all } = await compete(ground.maintenance, 1, {
    all: chained(many, verifiedTenant),
  });
  return [
    perEvent(
      `${number(few)} audit entries in one statement: chained / the same rows without the trigger`,
      run.few,
      run.bare,
      { events: few },
    ),
    {
      ...perEvent('', all, { ...run.few, cpu: run.few.cpu * (many / few) }, { events: many }),
      name: `An entry among ${number(many)} of one statement / among ${number(few)}`,
      bound: undefined,
    },
  ];
};

const listed = { action_type: 'update', resource_type: 'role-assignment' };
const unlisted = { action_type: 'update', resource_type: 'campaign' };

const itemsOf = (turn: number, deed: object) =>
  Array.from({ length: 500 }, (_, n) => ({
    key: `${turn}-${n}`,
    item: auditEvent.parse({
      time: new Date().toISOString(),
      user_id: `admin-${n % 50}`,
      user_email: 'ann@heron.example',
      user_role: 'owner',
      resource_id: `user-${n}`,
      description: 'gave somebody another role',
      ip_address: '203.0.113.9',
      before_data: { role: 'member', n },
      after_data: { role: 'admin', n },
      ...deed,
    }),
  }));

/** 500 audit events through the worker of the queue `ingest`: none or all of them on the allow-list, and without promotion. */
export const promotionLines = async (stage: Stage): Promise<Line[]> => {
  stage.say('audit: promotion');
  const { ground, place } = stage;
  const ingest = await openAs(stage, 'rookery_ingest');
  let turn = 0;
  let items = itemsOf(0, listed);
  const promotion = (word: 'enable' | 'disable') =>
    place.warehouseAdmin.script(`alter table monitoring.tb_audit_event ${word} trigger promote`);
  const taken = (word: 'enable' | 'disable', deed: object) => ({
    prepare: async () => {
      await promotion(word);
      items = itemsOf((turn += 1), deed);
    },
    run: () => {
      const now = new Date();
      const place = { ingest, now, healed: () => undefined };
      const batch = { tenantId: 'heron', receivedAt: now, items };
      return take(place, writers['audit-events'], batch);
    },
  });
  try {
    const run = await compete(ground.maintenance, 9, {
      without: taken('disable', unlisted),
      none: taken('enable', unlisted),
      all: taken('enable', listed),
    });
    const events = 500;
    return [
      perEvent(
        '500 audit events through the worker, none on the allow-list / without promotion',
        run.none,
        run.without,
        { events, bound: { most: 1.1 } },
      ),
      perEvent('the same, all on the list / none', run.all, run.none, { events }),
    ];
  } finally {
    await promotion('enable');
    await ingest.close();
  }
};
