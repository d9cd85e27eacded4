import { InvalidArgumentError } from 'commander';
import { isPlain } from '@rookery/kernel/text';

/** Parses the id of a tenant or of a thing, given on the command line. */
export const idOption = (text: string): string => {
  if (text.trim() !== '' && text.length <= 200 && isPlain(text)) return text;
  throw new InvalidArgumentError('Write 1 to 200 characters, not only white space.');
};
