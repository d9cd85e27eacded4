/** SST's own sources name a type of Bun, which is not installed. */
declare module 'bun' {
  export type Shell = unknown;
}
