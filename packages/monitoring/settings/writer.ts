import type { Session } from '@rookery/db/pool';
import type { Editor } from '../audit/record.ts';
import { type Some } from './fields.ts';
import { changeSetting, createSetting, deleteSetting, type Kind, type Setting } from './setting.ts';

/** Who changes things of a tenant, and the transaction to do it in. */
export type Way = {
  readonly tenantId: string;
  readonly editor: Editor;
  readonly run: <T>(work: (tx: Session) => Promise<T>) => Promise<T>;
};

/** What somebody may do to things of a kind; each in a transaction, and each recorded. */
export const writerOf = <R extends Setting, F extends object>(
  { tenantId, editor, run }: Way,
  kind: Kind<R, F>,
) => ({
  create: (id: string, fieldsOf: (tx: Session) => F | Promise<F>): Promise<R> =>
    run(async (tx) =>
      createSetting(tx, kind, { tenantId, id, editor, fields: await fieldsOf(tx) }),
    ),
  change: (id: string, revision: number, wish: Some<F>): Promise<R> =>
    run((tx) => changeSetting(tx, kind, { tenantId, id, editor, revision, wish })),
  remove: (id: string, revision: number): Promise<R> =>
    run((tx) => deleteSetting(tx, kind, { tenantId, id, editor, revision })),
});
