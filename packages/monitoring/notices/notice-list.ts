import { Failure } from '@rookery/kernel/failure';
import type { RowOf } from '@rookery/db/statement';
import type { Session } from '@rookery/db/pool';
import type { SettingAsk } from '../settings/setting.sql.ts';
import type { Paged } from '../settings/setting.ts';
import { listLetters, listNotices, markLetter } from './notice-list.sql.ts';

/** Notices as a list of things, the newest first. */
export const noticePages: Paged<RowOf<typeof listNotices.columns>> = {
  statements: { list: listNotices },
};

/** In-app notices as a list of things, the newest first. */
export const letterPages: Paged<RowOf<typeof listLetters.columns>> = {
  statements: { list: listLetters },
};

/** Marks an in-app notice of a reader as read, or as unread; fails with `not-found` when it is not his. */
export const mark = async (
  tx: Session,
  ask: SettingAsk & { readonly recipient: string; readonly readAt: string | null },
) => {
  const [letter] = await tx.query(markLetter, ask);
  if (letter !== undefined) return letter;
  throw new Failure('missing', 'not-found', `there is no notice "${ask.id}" for you`);
};
