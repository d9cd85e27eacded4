/** What a score is called; `unknown` without one. */
export type Band = 'good' | 'fair' | 'poor' | 'critical' | 'unknown';

/** The band of a score (guide §6.3). */
export const bandOf = (score: number | null): Band => {
  if (score === null) return 'unknown';
  if (score >= 80) return 'good';
  if (score >= 60) return 'fair';
  return score >= 40 ? 'poor' : 'critical';
};
