/** The code of an error: what of it may be told, since messages of drivers name hosts and users. Empty when it has none. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'Error' ? '' : error.name;
};
