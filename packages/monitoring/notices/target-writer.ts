import type { Way } from '../settings/writer.ts';
import { changeTargetOf, deleteTargetOf, makeTarget, rotateTargetOf } from './target-change.ts';
import type { Seal, TargetChannel } from './targets.ts';

type Seen = { readonly revision: number };
type NewTarget = {
  readonly channel: TargetChannel;
  readonly name: string;
  readonly address?: string | null | undefined;
  readonly secret: string;
};
type NewSecret = { readonly secret: string; readonly overlap_hours?: number | undefined };

const usualOverlap = 24;

const told = <R>(data: R) => ({ body: { data } });

/** What somebody may do to notification targets: each in a transaction, recorded, and answered with the target. */
export const targetWriter = ({ run, ...way }: Way, seal: Seal['seal']) => ({
  create: async (id: string, { address = null, ...wish }: NewTarget) =>
    told(await run((tx) => makeTarget(tx, { seal }, { ...way, ...wish, id, address }))),
  change: async (id: string, { revision, ...wish }: Seen & Parameters<typeof changeTargetOf>[2]) =>
    told(await run((tx) => changeTargetOf(tx, { ...way, id, revision }, wish))),
  rotate: async (id: string, { overlap_hours: overlapHours, ...wish }: Seen & NewSecret) => {
    const work = { ...way, ...wish, id, overlapHours: overlapHours ?? usualOverlap };
    return told(await run((tx) => rotateTargetOf(tx, { seal }, work)));
  },
  remove: async (id: string, { revision }: Seen) =>
    told(await run((tx) => deleteTargetOf(tx, { ...way, id, revision }))),
});
