import { Failure } from '@rookery/kernel/failure';
import { channels, isChannel, type ChannelRules } from './channels/index.ts';
import type { Parcel } from './channels/outgoing.ts';
import { noticeContent } from './outbox-content.ts';
import type { Attempt, Taken } from './outbox.sql.ts';
import { secretPlace, type Seal } from './targets.ts';

const refuse = (problem: string): never => {
  throw new Failure('invalid', 'notice-undeliverable', problem);
};

/**
 * The channel of a taken notice, whose recipient it can reach; fails with `notice-undeliverable`, saying what to correct.
 */
export const channelOf = (taken: Taken): ChannelRules => {
  const { channel: name, recipient, target, is_active: isActive, secret } = taken;
  if (!isChannel(name)) return refuse(`there is no channel ${name}`);
  const channel = channels[name];
  if (!channel.recipient.test(recipient))
    return refuse(`${recipient} cannot be reached by ${name}: correct the recipients of the rule`);
  if (!channel.hasTarget) return channel;
  if (target === null)
    return refuse(
      `there is no ${name} target ${recipient}: make one, or correct the recipients of the rule`,
    );
  if (isActive !== true) return refuse(`the target ${recipient} is not active: activate it`);
  if (secret === null) return refuse(`the target ${recipient} has no secret: set one`);
  return channel;
};

const contentOf = ({ content }: Taken): Parcel['content'] => {
  const parsed = noticeContent.safeParse(content);
  return parsed.success ? parsed.data : refuse('what it tells cannot be read: it is our fault');
};

/** A taken notice with its secrets opened, as its channel wants it. */
export const parcelOf = async (
  {
    unseal,
    dashboardUrl,
  }: { readonly unseal: Seal['unseal']; readonly dashboardUrl: string | null },
  taken: Taken,
  { tenantId, id }: Attempt,
): Promise<Parcel> => {
  const place = secretPlace(tenantId, taken.recipient);
  const secrets: string[] = [];
  for (const sealed of [taken.secret, taken.previous_secret])
    if (sealed !== null) secrets.push(await unseal(place, Buffer.from(sealed, 'base64')));
  return {
    noticeId: id,
    tenantId,
    content: contentOf(taken),
    alertIds: taken.alert_ids,
    decidedAt: taken.created_at,
    recipient: taken.recipient,
    address: taken.address,
    secrets,
    dashboardUrl,
  };
};
