import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { call, type Ran } from '../world/call.ts';

// How documents write a command, and where its output goes to.
const written = /^npm run (?:--silent )?rookery -- (\S+) ?(.*?)(?: > (\S+))?$/;

/** Runs a command as a line of a document writes it; its words are cut as a shell cuts them. */
export const runLine = async (
  commands: Readonly<Record<string, Command>>,
  line: string,
): Promise<Ran> => {
  const [, name = '', rest = '', into] = written.exec(line) ?? [];
  const command = commands[name];
  if (command === undefined) throw new Error(`there is no command for: ${line}`);
  const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  const ran = await call(
    command,
    words.map((word) => word ?? ''),
  );
  if (into !== undefined) await writeFile(into, ran.out);
  return ran;
};
