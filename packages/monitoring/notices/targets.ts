import { Failure } from '@rookery/kernel/failure';
import type { Session } from '@rookery/db/pool';
import {
  addTarget,
  changeTarget,
  dropTarget,
  rotateTarget,
  type Rotation,
  type SeenTarget,
  type TargetEdit,
  type TargetRow,
} from './targets.sql.ts';

/** Where a secret belongs: it opens nowhere else. */
export type SecretPlace = {
  readonly table: string;
  readonly column: string;
  readonly tenantId: string;
  readonly id: string;
};

/** What seals texts and opens them again: packages/lambda/seal.ts. */
export type Seal = {
  readonly seal: (place: SecretPlace, text: string) => Promise<Uint8Array>;
  readonly unseal: (place: SecretPlace, bytes: Uint8Array) => Promise<string>;
};

/** Where the secrets of a target belong. The previous one was the present one, and is sealed for the same place. */
export const secretPlace = (tenantId: string, id: string): SecretPlace => ({
  table: 'notification_target',
  column: 'secret',
  tenantId,
  id,
});

/** Channels whose recipients are targets. */
export const targetChannels = ['slack', 'webhook', 'pagerduty'] as const;

/** One of them. */
export type TargetChannel = (typeof targetChannels)[number];

const isUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && text.length <= 500;

// As packages/outbound/webhook-signature.ts signs with: 24 to 64 bytes, in base64 to the letter.
const isSigningSecret = (text: string): boolean => {
  const base64 = text.slice('whsec_'.length);
  const key = Buffer.from(base64, 'base64');
  const isWhole = text.startsWith('whsec_') && key.toString('base64') === base64;
  return isWhole && key.length >= 24 && key.length <= 64;
};

const secretFaults: Record<TargetChannel, (secret: string) => string | null> = {
  slack: (secret) => (isUrl(secret) ? null : 'the secret of slack is the URL of its webhook'),
  webhook: (secret) =>
    isSigningSecret(secret)
      ? null
      : 'the secret of a webhook is whsec_ and 24 to 64 bytes in base64',
  pagerduty: (secret) =>
    /^[A-Za-z0-9]{32}$/.test(secret)
      ? null
      : 'the secret of pagerduty is its routing key, of 32 letters and digits',
};

const addressFault = (channel: TargetChannel, address: string | null): string | null => {
  if (channel !== 'webhook')
    return address === null ? null : `${channel} has no address: its secret says where it is`;
  return address !== null && isUrl(address)
    ? null
    : 'the address of a webhook is an http(s) URL of at most 500 characters';
};

/** Why a target cannot be so, in words that do not hold the secret; null when it can. */
const targetFault = (
  channel: TargetChannel,
  { address, secret }: { readonly address: string | null; readonly secret: string },
): string | null => addressFault(channel, address) ?? secretFaults[channel](secret);

/** A target that somebody sets up. */
export type NewTarget = Omit<TargetRow, 'sealed' | 'channel'> & {
  readonly channel: TargetChannel;
  readonly secret: string;
};

const check = (fault: string | null): void => {
  if (fault !== null) throw new Failure('invalid', 'request-malformed', fault);
};

const seal64 = async ({ seal }: Pick<Seal, 'seal'>, place: SecretPlace, text: string) =>
  Buffer.from(await seal(place, text)).toString('base64');

const stale = ({ id, revision }: SeenTarget): Failure =>
  new Failure(
    'conflict',
    'conflict',
    `there is no target ${id} at revision ${revision}: read it again and decide anew`,
  );

/**
 * Sets a target up, its secret sealed. Fails with `request-malformed` when it cannot be so, with `conflict` when there is
 * one.
 */
export const createTarget = async (
  tx: Session,
  seal: Pick<Seal, 'seal'>,
  { secret, ...target }: NewTarget,
) => {
  check(targetFault(target.channel, { address: target.address, secret }));
  const sealed = await seal64(seal, secretPlace(target.tenantId, target.id), secret);
  const [made] = await tx.query(addTarget, { ...target, sealed });
  if (made === undefined)
    throw new Failure('conflict', 'conflict', `there is a target ${target.id} already`);
  return made;
};

/** Changes name, address or whether it is active. Of people who saw the same revision the first wins. */
export const editTarget = async (
  tx: Session,
  seen: Omit<TargetEdit, 'channel'> & { readonly channel: TargetChannel },
) => {
  check(addressFault(seen.channel, seen.address));
  const [changed] = await tx.query(changeTarget, seen);
  if (changed === undefined) throw stale(seen);
  return changed;
};

/**
 * Gives a target a new secret; until `previousUntil` the one before counts as well, and webhooks are signed with both. Null:
 * the one before is gone at once.
 */
export const rotateSecret = async (
  tx: Session,
  seal: Pick<Seal, 'seal'>,
  wish: Omit<Rotation, 'sealed' | 'channel'> & {
    readonly channel: TargetChannel;
    readonly secret: string;
  },
) => {
  const { channel, secret, ...seen } = wish;
  check(secretFaults[channel](secret));
  const sealed = await seal64(seal, secretPlace(seen.tenantId, seen.id), secret);
  const [rotated] = await tx.query(rotateTarget, { ...seen, channel, sealed });
  if (rotated === undefined) throw stale(seen);
  return rotated;
};

/** Deletes a target: its secrets are gone, and notices for it fail. */
export const deleteTarget = async (tx: Session, seen: SeenTarget) => {
  const [gone] = await tx.query(dropTarget, seen);
  if (gone === undefined) throw stale(seen);
  return gone;
};
