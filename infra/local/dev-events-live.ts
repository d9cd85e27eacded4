import { Cron } from 'croner';
import { describe } from '@rookery/kernel/failure';
import { busOfEvents } from '@rookery/lambda/tracking';
import { busSource } from '@rookery/telemetry/bus-rules';
import { openTracker } from '@rookery/telemetry/track';
import type { Screen } from '../../packages/cli/screen.ts';
import { tenantId } from './dev-events-sent.ts';
import { mailboxId } from './dev-watch.ts';

const everyMinute = '* * * * *';
const pages = ['campaigns', 'mailboxes', 'leads', 'billing'] as const;

// What a minute brings: somebody works in the panel, an e-mail is read, now and then a login fails.
const tellMinute = async (at: Date): Promise<void> => {
  const { track } = openTracker(busOfEvents(busSource));
  const minute = Math.floor(at.getTime() / 60_000);
  const page = pages[minute % pages.length] ?? pages[0];
  const actor = `usr_${minute % 5}`;
  const told = (name: string) => ({ tenantId, at, actor, id: `live-${minute}-${name}` });
  const properties = { email_id: `live-${minute}`, mailbox_id: mailboxId };
  await track('email_sent', { ...told('sent'), actor: undefined, properties });
  await track('email_opened', { ...told('opened'), actor: undefined, properties });
  await track('admin_ui_viewed', { ...told('viewed'), properties: { page } });
  await track('admin_button_clicked', {
    ...told('clicked'),
    properties: { page, button: 'filter' },
  });
  await track('infra_latency', {
    ...told('latency'),
    actor: undefined,
    properties: { service: 'panel', endpoint: `/${page}`, duration_ms: 20 + (minute % 60) },
  });
  if (minute % 3 === 0)
    await track('security_login_failed', {
      ...told('login'),
      properties: { ip_address: '198.51.100.7', method: 'password', reason: 'wrong-password' },
    });
};

/** Tracks a few events a minute over the bus, the first at once, as long as the demo runs. */
export const keepEventsComing = (screen: Screen): { readonly stop: () => Promise<void> } => {
  let telling = Promise.resolve();
  const tell = (): void => {
    telling = tellMinute(new Date()).catch((error: unknown) => {
      screen.warn(`the events of the demo could not go on: ${describe(error)}`);
    });
  };
  tell();
  const cron = new Cron(everyMinute, { unref: true, protect: true }, tell);
  return {
    stop: async () => {
      cron.stop();
      await telling;
    },
  };
};
