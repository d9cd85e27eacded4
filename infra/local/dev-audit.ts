import * as z from 'zod';
import { database } from '@rookery/lambda/database';
import { busOfAudit } from '@rookery/lambda/tracking';
import { openAuditor } from '@rookery/telemetry/audit/audit';
import { auditDetailType, busSource } from '@rookery/telemetry/bus-rules';
import { readAll } from '@rookery/warehouse/audit/checkpoint-shelf';
import { verifyAudit } from '@rookery/warehouse/audit/verify';
import { checkpointPlaceOf, keysOf, openerOf, shelfOf } from '../../packages/cli/audit-keys.ts';
import type { Screen } from '../../packages/cli/screen.ts';
import { playEvents, untilThere } from './dev-events.ts';
import { tenantId } from './dev-events-sent.ts';
import { untilIdle } from './dev-run.ts';
import { stuck } from './dev-story.ts';
import { callAs, type Call } from './dev-watch.ts';
import type { Runtime } from './runtime.ts';

const holdReason = 'Case 25-117: who took the leads?';
const dayMs = 86_400_000;
const ada = { id: 'usr_12', email: 'ada@heron-analytics.example', role: 'tenant-admin' };

const holdList = z.object({ data: z.array(z.object({ reason: z.string() })) });
const entryList = z.object({
  data: z.array(z.object({ action: z.string(), resource_id: z.string(), notes: z.unknown() })),
});

// High-risk actions by the three ways that lead into the log: over the bus, over HTTP, and through our own API.
const act = async (call: Call, operator: Call): Promise<void> => {
  const now = new Date();
  const { audit } = openAuditor(busOfAudit(busSource, auditDetailType));
  await audit('role.granted', {
    tenantId,
    actor: ada,
    resourceId: 'story-role',
    after: { role: 'tenant-admin', scope: null },
    reason: 'stands in for Grace',
    ip: '203.0.113.9',
    id: 'story-role',
  });
  const exported = {
    event_id: 'story-export',
    time: now.toISOString(),
    user_id: ada.id,
    user_email: ada.email,
    user_role: ada.role,
    action_type: 'export',
    resource_type: 'lead-list',
    resource_id: 'story-leads',
    description: 'Exported a list of leads',
    after_data: { rows: 2_400, format: 'csv' },
    ip_address: '203.0.113.9',
  };
  await call('POST', 'ingest/audit-events', { items: [{ id: 'story-export', ...exported }] });
  await operator('POST', 'legal-holds', {
    table_name: 'admin_audit_log',
    held_from: new Date(now.getTime() - 30 * dayMs).toISOString(),
    held_until: new Date(now.getTime() + dayMs).toISOString(),
    reason: holdReason,
  });
};

const wanted = ['role.granted', 'data.exported', 'legal_hold.placed'];

const missingIn = async (auditor: Call): Promise<readonly string[]> => {
  const { data } = entryList.parse(
    await auditor('GET', `audit-log?action=${wanted.join(',')}&limit=50`),
  );
  const ours = data.filter(
    ({ action, resource_id: id }) => id.startsWith('story-') || action === 'legal_hold.placed',
  );
  return wanted.flatMap((name) => {
    const { length } = ours.filter(({ action }) => action === name);
    return length === 1 ? [] : [`${name} is in the audit ${length} times`];
  });
};

// As `rookery audit verify` does: every chain from its beginning, held against every signed checkpoint.
const verified = async (runtime: Runtime, stateDir: string) => {
  await runtime.schedule.fire('checkpoints', new Date());
  const options = { data: stateDir };
  const shelf = shelfOf(checkpointPlaceOf(options));
  const { filed, faults } = await readAll(shelf, openerOf(await keysOf(options, shelf)));
  const checkpoints = filed.flatMap(({ checkpoint: { heads, at } }) =>
    heads.map(({ tenant_id, seq, hash }) => ({ tenantId: tenant_id, seq, hash, at })),
  );
  const chains = await verifyAudit(database('ops'), { tenantIds: null, checkpoints });
  const [wrong] = [
    ...faults.map(({ name, reason }) => `${name}: ${reason}`),
    ...chains.flatMap((chain) => chain.faults.map(({ text }) => `${chain.tenantId}: ${text}`)),
  ];
  if (wrong !== undefined) throw stuck(`the audit does not hold: ${wrong}`);
  if (checkpoints.length === 0) throw stuck('no checkpoint was signed');
  return {
    entries: chains.reduce((sum, chain) => sum + chain.entries, 0),
    tenants: chains.length,
    signed: filed.length,
  };
};

/**
 * Plays, once, events and high-risk actions of a tenant of the demo, and proves where they end; at every start signs how far
 * the compliance audit is and proves all of it. Fails with `story-stuck` when something is not where it belongs.
 */
export const playTelemetry = async (
  runtime: Runtime,
  stateDir: string,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> => {
  const as = (role: 'tenant-admin' | 'operator' | 'auditor') =>
    callAs(runtime, stateDir, { tenantId, role });
  const [call, operator, auditor] = [
    await as('tenant-admin'),
    await as('operator'),
    await as('auditor'),
  ];
  const holds = holdList.parse(await operator('GET', 'legal-holds'));
  const isPlayed = holds.data.some(({ reason }) => reason === holdReason);
  if (!isPlayed) await playEvents(runtime, call, screen, signal);
  const step = screen.step('the compliance audit');
  if (!isPlayed) {
    await act(call, operator);
    await untilIdle(runtime, signal, async () => {});
    await untilThere(() => missingIn(auditor), signal);
  }
  const { entries, tenants, signed } = await verified(runtime, stateDir);
  const acted = isPlayed
    ? 'the story of events was played before'
    : 'a role, an export and a legal hold are in it, each once';
  step.done(
    `audit: ${acted}; ${entries} entries in ${tenants} chains hold, under ${signed} signed ${signed === 1 ? 'checkpoint' : 'checkpoints'}`,
  );
  screen.say('    npm run rookery -- audit verify');
};
