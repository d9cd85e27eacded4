import type { Session } from '@rookery/db/pool';
import type { Keys } from '../reports/cursor.ts';
import { settingAnswer, settingsPage, type Paged, type Setting, type Shown } from './setting.ts';
import type { SettingsAsk } from './setting.sql.ts';

type Asked<Q> = {
  readonly tenantId: string;
  readonly identity: { readonly subject: string };
  readonly query: Q;
  readonly after: Keys;
};

/** Makes the reader of a list of things; `filtersOf` says what a query, and who asks, lets through. */
export const listReader =
  <R extends Omit<Setting, 'revision'>, Q extends { readonly limit: number }>(
    kind: Paged<R>,
    filtersOf: (query: Q, subject: string) => SettingsAsk['filters'],
  ) =>
  (session: Session, { tenantId, identity, query, after }: Asked<Q>) => {
    const filters = filtersOf(query, identity.subject);
    return settingsPage(session, kind, { tenantId, filters, limit: query.limit, after });
  };

/** Makes the reader of one thing; `idOf` finds its id in the path. */
export const thingReader =
  <R extends Setting, P>(kind: Shown<R>, idOf: (params: P) => string) =>
  (session: Session, { tenantId, params }: { readonly tenantId: string; readonly params: P }) =>
    settingAnswer(session, kind, { tenantId, id: idOf(params) });
