import * as z from 'zod';

/** How far the chain of a tenant is: the number and the hash of its last entry. */
export type Head = { readonly tenant_id: string; readonly seq: number; readonly hash: string };

/** A chain that was not vouched for, and why. */
export type Broken = { readonly tenant_id: string; readonly seq: number; readonly reason: string };

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.int().min(1);

/**
 * What a checkpoint says, once it is signed: these heads were there, and all between them and the ones before was whole. It
 * names the checkpoint before it by the hash of its file. Every so often it has all heads, else those that moved.
 */
export const checkpointSchema = z.strictObject({
  version: z.literal(1),
  number,
  /** The firing of the schedule that it was made for. */
  slot: z.iso.datetime(),
  at: z.iso.datetime(),
  previous: z.strictObject({ name: z.string(), sha256: hex }).nullable(),
  full: z.boolean(),
  heads: z.array(z.strictObject({ tenant_id: z.string(), seq: number, hash: hex })),
  broken: z.array(z.strictObject({ tenant_id: z.string(), seq: z.int(), reason: z.string() })),
});

/** A checkpoint. */
export type Checkpoint = z.output<typeof checkpointSchema>;

const folder = 'checkpoints/';

/** How the names of checkpoints begin. */
export const checkpointsBelow = folder;

/** The name of a checkpoint: its number, so that names are in the order in which they were signed. */
export const nameOf = (nth: number): string => `${folder}${String(nth).padStart(12, '0')}.jws`;

/** The number in a name; undefined for what is no checkpoint. */
export const numberIn = (name: string): number | undefined => {
  const nth = Number(/^checkpoints\/(\d{12})\.jws$/.exec(name)?.[1]);
  return nth > 0 ? nth : undefined;
};

// A run reads back to the last one with all heads: at most a day's.
const fullEvery = 24;

/** Whether the checkpoint of this number has all heads. */
export const isFull = (nth: number): boolean => nth % fullEvery === 1;

/** What is known of the heads after some checkpoints, the oldest first: the newest word on each tenant. */
export const headsAfter = (checkpoints: readonly Checkpoint[]): ReadonlyMap<string, Head> =>
  new Map(checkpoints.flatMap(({ heads }) => heads.map((head) => [head.tenant_id, head] as const)));

/** A chain that has grown since its last checkpoint; `known` is null where it had none. */
export type Moved = { readonly head: Head; readonly known: Head | null };

/** What became of the heads since the last checkpoint: those that moved, and those that went where no head can go. */
export const compare = (
  known: ReadonlyMap<string, Head>,
  heads: readonly Head[],
): { readonly moved: readonly Moved[]; readonly broken: readonly Broken[] } => {
  const moved: Moved[] = [];
  const broken: Broken[] = [];
  const there = new Set<string>();
  for (const head of heads) {
    const { tenant_id, seq, hash } = head;
    there.add(tenant_id);
    const before = known.get(tenant_id) ?? null;
    if (before === null || seq > before.seq) moved.push({ head, known: before });
    else if (seq < before.seq)
      broken.push({
        tenant_id,
        seq,
        reason: `the chain ends at entry ${seq}, but ${before.seq} was signed: its tail was cut`,
      });
    else if (hash !== before.hash)
      broken.push({ tenant_id, seq, reason: `entry ${seq} is another one than the one signed` });
  }
  for (const { tenant_id, seq } of known.values())
    if (!there.has(tenant_id))
      broken.push({ tenant_id, seq, reason: `the chain is gone, of which ${seq} was signed` });
  return { moved, broken };
};
