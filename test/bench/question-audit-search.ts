import { auditLog, type LogQuery } from '@rookery/warehouse/audit/search';
import { ageAudit } from '@rookery/warehouse/audit/ageing';
import { takeHoldTurn } from '@rookery/monitoring/retention/hold.sql';
import { cost, plain, ratio, type Line } from './line.ts';
import { compete } from './measure.ts';
import { openAs } from './question-audit-place.ts';
import { bareErasure, unchainedScript } from './question-audit.sql.ts';
import { perEvent } from './question-telemetry-admit.ts';
import type { Stage } from './stage.ts';

const reader = {
  tenantId: 'searched',
  subject: 'bench',
  role: 'auditor',
  sourceIp: '203.0.113.9',
  userAgent: 'bench',
};

type Asked = Omit<LogQuery, 'limit'>;

const asked = {
  page: {},
  action: { action: ['api_key.revoked'] },
  person: { admin_user_id: 'admin-7' },
  nobody: { admin_user_id: 'nobody' },
  resource: { resource_id: 'user-4711' },
  address: { ip_address: '198.51.100.1' },
  word: { q: 'zebra' },
  words: { q: 'ticket somebody another role zebra' },
} as const satisfies Record<string, Asked>;

const names: Readonly<Record<keyof typeof asked, string>> = {
  page: 'A page of 50, the newest of 1,000,000 audit entries of a tenant',
  action: 'the same of an action that nobody did',
  person: 'the same of one administrator of 50',
  nobody: 'the same of an administrator who did nothing',
  resource: 'the same of one resource of 5,000',
  address: 'the same from an address that nobody had',
  word: 'the same with a word that is nowhere',
  words: 'the same with five words, one of them nowhere',
};

/** Pages of a log of a million entries over a year, each with the entry that tells of its reading. */
export const searchLines = async (stage: Stage, entries: number): Promise<Line[]> => {
  const { place, ground, say } = stage;
  say(`audit: ${entries.toLocaleString('en')} entries to search`);
  const { warehouseAdmin: admin } = place;
  await admin.script(`select olap.ensure_partitions(current_date - 400, current_date + 40)`);
  await admin.script(unchainedScript(reader.tenantId, entries, { span: '365 days' }));
  await admin.script('vacuum analyze olap.admin_audit_log');
  const api = await openAs(stage, 'rookery_api');
  const scope = { tenantId: reader.tenantId, role: reader.role };
  // In the product the entry that tells of the reading goes over a connection of its own, before.
  const search = (query: Asked) => ({
    run: () =>
      api.transaction(async (tx) => {
        const asking = { query: { limit: 50, ...query }, after: null };
        const { body } = await auditLog(tx, (work) => work(tx), reader, asking);
        return body.data.length;
      }, scope),
  });
  say('audit: search');
  try {
    const run = await compete(ground.maintenance, 5, {
      page: search(asked.page),
      action: search(asked.action),
      person: search(asked.person),
      nobody: search(asked.nobody),
      resource: search(asked.resource),
      address: search(asked.address),
      word: search(asked.word),
      words: search(asked.words),
    });
    const { page, ...others } = run;
    if (page.result !== 50) throw new Error('the newest page is not full');
    const ratios = Object.entries(others).map(([name, one]) =>
      ratio(`${names[name as keyof typeof others]} / the plain page, CPU`, one, page, undefined),
    );
    return [plain(names.page, page.wall, 'ms', undefined, cost(page)), ...ratios];
  } finally {
    await api.close();
  }
};

/** What ageing costs that erases five columns of each entry, against one statement that does so with no trigger. */
export const ageingLines = async (stage: Stage, entries: number): Promise<Line[]> => {
  const { place, ground, say } = stage;
  say('audit: ageing');
  const old = { span: '5 days', lastDay: '40 days' };
  for (const tenant of ['aged', 'bare-aged'])
    await place.warehouseAdmin.script(unchainedScript(tenant, entries, old));
  await place.warehouseAdmin.script('vacuum analyze olap.admin_audit_log');
  const run = await compete(ground.maintenance, 1, {
    aged: {
      run: () =>
        ageAudit(place.ops, {
          tenantId: 'aged',
          now: new Date(),
          by: 'audit-ageing',
          takeTurn: (tx, tenantId) => tx.query(takeHoldTurn, { tenantId }),
          goesOn: () => true,
        }),
    },
    bare: { run: () => place.warehouseAdmin.script(bareErasure('bare-aged')) },
  });
  const done = run.aged.result.aged.reduce((sum, one) => sum + one.entries, 0);
  if (done !== entries) throw new Error(`${done} entries aged`);
  const name = `Ageing of ${entries.toLocaleString('en')} entries, five columns each`;
  return [
    perEvent(`${name} / one UPDATE of them without triggers`, run.aged, run.bare, {
      events: entries,
    }),
    ratio('the same, wall', run.aged, run.bare, undefined, 'wall'),
  ];
};
