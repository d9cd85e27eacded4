/** Where work on a group of errors stands. */
export const statuses = ['new', 'acknowledged', 'in-progress', 'resolved', 'ignored'] as const;

/** One of the statuses. */
export type Status = (typeof statuses)[number];

/**
 * Which statuses somebody may give a group of each status; what is not here is refused. What is over is opened again before
 * it ends otherwise. That an error which comes back makes its group new again is no move: the writer of occurrences does it.
 */
export const moves: { readonly [S in Status]: readonly Status[] } = {
  new: ['acknowledged', 'in-progress', 'resolved', 'ignored'],
  acknowledged: ['new', 'in-progress', 'resolved', 'ignored'],
  'in-progress': ['new', 'acknowledged', 'resolved', 'ignored'],
  resolved: ['new', 'acknowledged', 'in-progress'],
  ignored: ['new', 'acknowledged', 'in-progress'],
};

/** True for a status of the table. */
export const isStatus = (text: string): text is Status => statuses.some((known) => known === text);

/** Why a group may not go from one status to another, in words for who wants it; null when it may. */
export const obstacle = (from: Status, to: Status, hasNote: boolean): string | null => {
  if (!moves[from].includes(to))
    return `an error that is ${from} cannot become ${to}, but ${moves[from].join(', ')}`;
  if (to === 'ignored' && !hasNote) return 'say in `note` why it is ignored';
  return null;
};
