import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An answer of the AWS CLI to a command that has all of these words. */
export type Told = { readonly words: string; readonly answer: unknown };

/** A stand-in for the AWS CLI on the path of a shell: what AWS's reference says that it answers, and what it was asked. */
export type StandIn = {
  readonly tell: (answers: readonly Told[]) => void;
  readonly asked: () => string[][];
};

const script = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(__dirname + '/asked', JSON.stringify(args) + '\\n');
const answers = JSON.parse(readFileSync(__dirname + '/answers', 'utf8'));
const found = answers.find(({ words }) => words.split(' ').every((word) => args.includes(word)));
if (found === undefined) {
  console.error('aws: nobody said what to answer to ' + args.join(' '));
  process.exit(254);
}
console.log(typeof found.answer === 'string' ? found.answer : JSON.stringify(found.answer));
`;

/** Lays the stand-in into a folder that the path of a shell begins with. */
export const standIn = (folder: string): StandIn => {
  const [file, asked] = [join(folder, 'aws'), join(folder, 'asked')];
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return {
    tell: (answers) => {
      writeFileSync(join(folder, 'answers'), JSON.stringify(answers));
      writeFileSync(asked, '');
    },
    asked: () =>
      existsSync(asked)
        ? readFileSync(asked, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as string[])
        : [],
  };
};
