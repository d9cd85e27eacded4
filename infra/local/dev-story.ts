import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { openDb, type Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { hurryService } from '@rookery/monitoring/demo/stage.sql';
import { sendBurst } from '@rookery/source/demo-story.sql';
import type { Screen } from '../../packages/cli/screen.ts';
import { untilIdle } from './dev-run.ts';
import {
  callAs,
  calmDown,
  findAgain,
  mailboxId,
  shopId,
  watchCustomer,
  watchPlatform,
  type Call,
} from './dev-watch.ts';
import type { Runtime } from './runtime.ts';

const tenantId = 'heron-analytics';
const secondMs = 1_000;

const alertList = z.object({ data: z.array(z.object({ id: z.string() })) });
const oneAlert = z.object({
  data: z.object({
    id: z.string(),
    status: z.string(),
    revision: z.number(),
    explanation: z.looseObject({ sentence: z.string() }),
  }),
});
type Alert = z.output<typeof oneAlert>['data'];

type Stage = {
  readonly runtime: Runtime;
  readonly admin: Db;
  readonly call: Call;
  /** Fires a schedule at a second that none had before, and waits until all is worked off. */
  readonly fire: (name: 'probes' | 'alerts' | 'changes') => Promise<void>;
  readonly tell: (what: string) => void;
};

/** What the story fails with when something is not as it should be. */
export const stuck = (what: string): Failure =>
  new Failure('missing', 'story-stuck', `the story of the demo is stuck: ${what}`);

const newestAlert = async ({ call }: Stage, rule: string): Promise<Alert> => {
  const query = `status=active,acknowledged,resolved&alert_rule_id=${rule}`;
  const [newest] = alertList.parse(await call('GET', `monitoring/alerts?${query}`)).data;
  if (newest === undefined) throw stuck(`the rule ${rule} raised no alert`);
  return oneAlert.parse(await call('GET', `monitoring/alerts/${newest.id}`)).data;
};

const checkShop = async ({ runtime, admin, fire, tell }: Stage, isOpen: boolean, told: string) => {
  tell(told);
  runtime.shop.open(isOpen);
  await admin.query(hurryService, { tenantId, id: shopId });
  await fire('probes');
  await fire('alerts');
};

const sendEmails = async ({ admin, fire }: Stage, name: string, count: number, bounced: number) => {
  const at = new Date(Date.now() - 5 * secondMs);
  await admin.query(sendBurst, { tenantId, mailboxId, name, at, count, bounced });
  await fire('changes');
  await fire('alerts');
};

const closeAndOpen = async (stage: Stage): Promise<Alert> => {
  await checkShop(stage, true, 'a probe finds the shop open');
  await checkShop(stage, false, 'the shop closed: a probe finds it down');
  await checkShop(stage, true, 'the shop opened again');
  await checkShop(stage, true, 'a second good probe: it is up');
  await stage.fire('alerts');
  return newestAlert(stage, 'shop-down');
};

const bounceAndRecover = async (stage: Stage): Promise<Alert> => {
  stage.tell('a mailbox sends to a bad list, and bounces');
  await sendEmails(stage, 'bad list', 120, 60);
  const { id, revision } = await newestAlert(stage, 'bounce-rate');
  stage.tell('somebody acknowledges the alert');
  const note = 'a bad list of leads; it is cleaned';
  await stage.call('PATCH', `monitoring/alerts/${id}`, { revision, status: 'acknowledged', note });
  stage.tell('good e-mails go out, the rate recovers');
  await sendEmails(stage, 'good list', 2_400, 0);
  await stage.fire('alerts');
  return newestAlert(stage, 'bounce-rate');
};

// Each alert by each channel, when it began and when it ended.
const expected = 2 * 3 * 2;

const checkEnd = ({ runtime }: Stage, alerts: readonly Alert[]): void => {
  for (const { id, status } of alerts)
    if (status !== 'resolved') throw stuck(`the alert ${id} is ${status}, and should have ended`);
  const { length } = runtime.sink.arrivals();
  if (length !== expected) throw stuck(`${length} notices arrived instead of ${expected}`);
};

const play = async (stage: Stage, stateDir: string): Promise<readonly Alert[]> => {
  const { runtime, call } = stage;
  await watchCustomer(runtime, call);
  const operator = { tenantId: 'platform', role: 'operator' } as const;
  await watchPlatform(runtime, await callAs(runtime, stateDir, operator));
  const alerts = [await closeAndOpen(stage), await bounceAndRecover(stage)];
  checkEnd(stage, alerts);
  await calmDown(call);
  return alerts;
};

/**
 * Plays, once, what a tenant of the demo goes through: its shop closes and opens, and a mailbox bounces, is looked after and
 * recovers. All of it goes the way of real life, by probes, e-mails, jobs and the API, a minute in about a second; what is
 * told meanwhile is at the sink. Fails with `story-stuck` when it does not end as it should.
 */
export const playStory = async (
  runtime: Runtime,
  stateDir: string,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> => {
  const call = await callAs(runtime, stateDir, { tenantId, role: 'tenant-admin' });
  if ((await call('GET', `monitoring/services/${shopId}`)) !== null) {
    await findAgain(runtime, call);
    screen.good('the story of a shop and a mailbox was played before');
    return;
  }
  const { urls, proxy } = runtime;
  const admin = openDb({ url: urls.database, proxyPort: proxy?.port, max: 1 });
  const step = screen.step('the story of a shop and a mailbox');
  const tell = (what: string): void => step.update(`story: ${what}`);
  let last = 0;
  const fire: Stage['fire'] = async (name) => {
    last = Math.max(last + secondMs, Math.ceil(Date.now() / secondMs) * secondMs);
    await sleep(Math.max(0, last - Date.now()));
    await runtime.schedule.fire(name, new Date(last));
    await untilIdle(runtime, signal, async () => {});
  };
  try {
    const alerts = await play({ runtime, admin, call, fire, tell }, stateDir);
    step.done(
      `story: a shop went down and up, a mailbox bounced and recovered; ${expected} notices at ${urls.notices}`,
    );
    for (const { id, explanation } of alerts) {
      screen.say(`  ${explanation.sentence}`);
      screen.say(`    npm run rookery -- explain-alert ${id} --tenant ${tenantId}`);
    }
  } finally {
    await admin.close();
  }
};
