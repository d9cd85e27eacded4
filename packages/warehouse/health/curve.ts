/** Points of a piecewise-linear curve, x rising; flat before the first and after the last. */
export type Curve = readonly (readonly [x: number, y: number])[];

/** The value of a curve at x. */
export const at = (curve: Curve, x: number): number => {
  let [px, py] = curve[0] ?? [0, 0];
  if (x <= px) return py;
  for (const [nx, ny] of curve.slice(1)) {
    if (x <= nx) return py + ((x - px) / (nx - px)) * (ny - py);
    [px, py] = [nx, ny];
  }
  return py;
};

/** The same curve as an SQL expression over a float8 expression. */
export const curveSql = (curve: Curve, x: string): string => {
  const [first, ...rest] = curve;
  if (first === undefined) return '0';
  let [px, py] = first;
  const steps = [`when ${x} <= ${px} then ${py}::float8`];
  for (const [nx, ny] of rest) {
    steps.push(
      `when ${x} <= ${nx} then ${py}::float8 + (${x} - ${px}::float8) / ${nx - px}::float8 * ${ny - py}::float8`,
    );
    [px, py] = [nx, ny];
  }
  return `case ${steps.join(' ')} else ${py}::float8 end`;
};
