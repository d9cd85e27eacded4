import type { Session } from '@rookery/db/pool';
import type { Editor } from '../audit/record.ts';
import { type Some } from './fields.ts';
import { changeSetting, createSetting, deleteSetting } from './setting-change.ts';
import type { Kind, Setting } from './setting.ts';

/** Who changes things of a tenant, and the transaction to do it in. */
export type Way = {
  readonly tenantId: string;
  readonly editor: Editor;
  readonly run: <T>(work: (tx: Session) => Promise<T>) => Promise<T>;
};

type Seen = { readonly revision: number };

const told = <R>(data: R) => ({ body: { data } });

/** What somebody may do to things of a kind: each in a transaction, recorded, and answered with the thing. */
export const writerOf = <R extends Setting, F extends object>(
  { tenantId, editor, run }: Way,
  kind: Kind<R, F>,
) => ({
  create: async (id: string, fieldsOf: (tx: Session) => F | Promise<F>) =>
    run(async (tx) => {
      const fields = await fieldsOf(tx);
      return told(await createSetting(tx, kind, { tenantId, id, editor, fields }));
    }),
  change: async (id: string, { revision, ...rest }: Seen & Some<F>) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no field that people set is called revision
    const wish = rest as unknown as Some<F>;
    return run(async (tx) =>
      told(await changeSetting(tx, kind, { tenantId, id, editor, revision, wish })),
    );
  },
  remove: async (id: string, { revision }: Seen) =>
    run(async (tx) => told(await deleteSetting(tx, kind, { tenantId, id, editor, revision }))),
});
