/**
 * How a series stands when its group is looked at: it fires and may be told, somebody took it on, it is muted (even if it
 * ended meanwhile), it fires and is held back, or it ended.
 */
export type Standing = 'firing' | 'acknowledged' | 'muted' | 'held' | 'ended';

/** What a group has told, as the database keeps it. */
export type Told = {
  readonly sentAt: Date | null;
  /** Series it told to fire, and did not tell to be resolved. */
  readonly firing: readonly string[];
  /** As firing, of those that are told again once they may. */
  readonly stale: readonly string[];
};

/** What a look at a group decides: what is sent, if anything, and what it has told then. */
export type Decision = {
  readonly kind: 'firing' | 'resolved' | 'repeat' | null;
  /** Series that fire and were not told, or are told again. */
  readonly fresh: readonly string[];
  readonly resolved: readonly string[];
  /** All series that the notice tells to fire, the fresh ones among them. */
  readonly listed: readonly string[];
  readonly firing: readonly string[];
  readonly stale: readonly string[];
};

/** The series that a look would newly tell to fire: whoever limits them decides before it does. */
export const freshOf = (
  { firing }: Pick<Told, 'firing'>,
  members: ReadonlyMap<string, Standing>,
): string[] => {
  const known = new Set(firing);
  return [...members.keys()].filter((name) => members.get(name) === 'firing' && !known.has(name));
};

const kindOf = (
  told: Told,
  news: Pick<Decision, 'fresh' | 'resolved' | 'listed'>,
  { repeatMs, now }: { readonly repeatMs: number; readonly now: Date },
): Decision['kind'] => {
  if (news.fresh.length > 0) return 'firing';
  if (news.resolved.length > 0) return 'resolved';
  if (news.listed.length === 0 || told.sentAt === null) return null;
  return now.getTime() - told.sentAt.getTime() >= repeatMs ? 'repeat' : null;
};

/**
 * Decides at a look at a group whether to tell, as Alertmanager's needsUpdate does, with three differences. Only what was
 * told to fire is told to be resolved; what ends while it is muted is told to be resolved after; and what was told before
 * it was muted and still fires after is told again. What ends and begins again between two looks was never away.
 */
export const look = (
  told: Told,
  members: ReadonlyMap<string, Standing>,
  at: { readonly repeatMs: number; readonly now: Date },
): Decision => {
  const fresh = freshOf(told, members);
  const knownSeries = [...new Set([...told.firing, ...told.stale])];
  const resolved = knownSeries.filter((name) => members.get(name) === 'ended');
  const listed = [...members.keys()].filter((name) => members.get(name) === 'firing');
  const kind = kindOf(told, { fresh, resolved, listed }, at);

  const isStale = new Set(told.stale);
  const firing = new Set(fresh);
  const stale = new Set<string>();
  for (const name of knownSeries) {
    const standing = members.get(name);
    if (standing === undefined || standing === 'ended' || firing.has(name)) continue;
    if (standing === 'muted' || isStale.has(name)) stale.add(name);
    else firing.add(name);
  }
  return {
    kind,
    fresh,
    resolved,
    listed,
    firing: [...firing].toSorted(),
    stale: [...stale].toSorted(),
  };
};
