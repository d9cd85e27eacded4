/** True in `npm run test:deep`, which runs the same tests with heavier parameters. */
export const deep = process.env['ROOKERY_DEEP'] === '1';

/** The parameter of this run: the usual one, or the deep run's. */
export const depth = <T>(usual: T, heavy: T): T => (deep ? heavy : usual);
