import { Failure } from '@rookery/kernel/failure';
import type { Session } from '@rookery/db/pool';
import { changed } from '../audit/change.ts';
import { record, userOf, type Editor } from '../audit/record.ts';
import type { RowWith } from '../settings/field.sql.ts';
import type { SettingAsk } from '../settings/setting.sql.ts';
import { takePlace, type Crowd } from '../settings/crowd.ts';
import { countTargets } from '../settings/crowd.sql.ts';
import { deedOf, held } from '../settings/setting-change.ts';
import { settingOfId, type Held, type Shown } from '../settings/setting.ts';
import {
  holdTarget,
  type targetFields,
  targetOfId,
  targetsPage,
  usersOfTarget,
} from './target-change.sql.ts';
import {
  createTarget,
  deleteTarget,
  editTarget,
  rotateSecret,
  targetChannels,
  type Seal,
  type TargetChannel,
} from './targets.ts';

type Row = RowWith<typeof targetFields>;
type Seen = SettingAsk & { readonly revision: number; readonly editor: Editor };

/** Notification targets, as lists and audits know them. */
export const targetKind: Shown<Row> & Held<Row> & { readonly module: string } = {
  type: 'notification-target',
  module: 'alerts',
  statements: { list: targetsPage, one: targetOfId, hold: holdTarget },
};

const crowd: Crowd = { count: countTargets, most: 200, instead: 'delete one that no rule names' };

// What the audit keeps of a target: nothing that is secret.
const told = ({ channel, name, address, is_active, previous_until }: Row) => ({
  channel,
  name,
  address,
  is_active,
  previous_until,
});

const channelOf = ({ channel }: Row): TargetChannel => {
  const known = targetChannels.find((each) => each === channel);
  if (known === undefined) throw new Error(`a notification target of ${channel}`);
  return known;
};

const after = async (tx: Session, { tenantId, id }: SettingAsk): Promise<Row> =>
  settingOfId(tx, targetKind, { tenantId, id });

/** Sets a target up and records who did. */
export const makeTarget = async (
  tx: Session,
  seal: Pick<Seal, 'seal'>,
  wish: SettingAsk & {
    readonly editor: Editor;
    readonly channel: TargetChannel;
    readonly name: string;
    readonly address: string | null;
    readonly secret: string;
  },
): Promise<Row> => {
  const { editor, ...target } = wish;
  await takePlace(tx, wish.tenantId, { ...targetKind, crowd });
  await createTarget(tx, seal, { ...target, createdBy: userOf(editor), now: editor.now });
  const made = await after(tx, wish);
  const deed = { ...deedOf(targetKind, 'create', wish.id), after: told(made) };
  await record(tx, wish.tenantId, { editor, deed });
  return made;
};

/** Changes what is not secret of a target and records who did; a wish for what is there writes nothing. */
export const changeTargetOf = async (
  tx: Session,
  seen: Seen,
  wish: {
    readonly name?: string | undefined;
    readonly address?: string | null | undefined;
    readonly is_active?: boolean | undefined;
  },
): Promise<Row> => {
  const before = await held(tx, targetKind, seen);
  const { name = before.name, is_active: isActive = before.is_active } = wish;
  const address = wish.address === undefined ? before.address : wish.address;
  const wanted = { ...told(before), name, address, is_active: isActive };
  if (changed(told(before), wanted) === null) return before;
  const { tenantId, id, revision, editor } = seen;
  const target = { tenantId, id, revision, now: editor.now, channel: channelOf(before) };
  await editTarget(tx, { ...target, name, address, isActive });
  const row = await after(tx, seen);
  const deed = { ...deedOf(targetKind, 'update', id), before: told(before), after: told(row) };
  await record(tx, tenantId, { editor, deed });
  return row;
};

const hourMs = 3_600_000;

/** Gives a target a new secret, the one before counting for some hours, and records who did, but neither secret. */
export const rotateTargetOf = async (
  tx: Session,
  seal: Pick<Seal, 'seal'>,
  wish: Seen & { readonly secret: string; readonly overlapHours: number },
): Promise<Row> => {
  const before = await held(tx, targetKind, wish);
  const { tenantId, id, revision, editor, secret, overlapHours } = wish;
  const channel = channelOf(before);
  const { now } = editor;
  const previousUntil = overlapHours === 0 ? null : new Date(now.getTime() + overlapHours * hourMs);
  await rotateSecret(tx, seal, { tenantId, id, revision, now, channel, secret, previousUntil });
  const row = await after(tx, wish);
  const description = `gave the notification target ${id} a new secret`;
  const deed = { ...deedOf(targetKind, 'update', id), before: told(before), after: told(row) };
  await record(tx, tenantId, { editor, deed: { ...deed, description } });
  return row;
};

/** Deletes a target and its secrets, and records who did; fails with `conflict` while a rule or a policy names it. */
export const deleteTargetOf = async (tx: Session, seen: Seen): Promise<Row> => {
  const before = await held(tx, targetKind, seen);
  const { tenantId, id, revision, editor } = seen;
  const users = await tx.query(usersOfTarget, { tenantId, id });
  if (users.length > 0)
    throw new Failure(
      'conflict',
      'conflict',
      `${users.map(({ name }) => name).join(', ')} would tell nobody: change them first`,
    );
  await deleteTarget(tx, { tenantId, id, revision, now: editor.now });
  const deed = { ...deedOf(targetKind, 'delete', id), before: told(before) };
  await record(tx, tenantId, { editor, deed });
  return before;
};
