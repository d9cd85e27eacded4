import { Failure } from '@rookery/kernel/failure';

/** A pattern as it was understood: steps one after the other. */
export type Pattern = readonly Step[];

/** Tells whether a sign is one that the pattern has in this place. */
export type Test = (char: string) => boolean;

/** A sign, an edge of the value, one of several ways, or something over and over. */
export type Step =
  | { readonly is: 'char'; readonly test: Test }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'either'; readonly ways: readonly Pattern[] }
  | {
      readonly is: 'repeat';
      readonly of: Pattern;
      readonly least: number;
      readonly most: number | null;
    };

const mostRepeats = 50;
const classes: Readonly<Record<string, Test>> = {
  d: (char) => /^[0-9]$/.test(char),
  w: (char) => /^[0-9A-Za-z_]$/.test(char),
  s: (char) => /^[\t\n\f\r ]$/.test(char),
};
const control: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };

const refused = (reason: string): Failure => new Failure('invalid', 'pattern-invalid', reason);

const escaped = (char: string | undefined): { test: Test; literal: string | null } => {
  if (char === undefined) throw refused('the pattern ends in a backslash: write two for one');
  const known = classes[char.toLowerCase()];
  if (known !== undefined)
    return { test: classes[char] ?? ((other) => !known(other)), literal: null };
  const literal = control[char] ?? char;
  if (literal === char && /^[0-9A-Za-z]$/.test(char))
    throw refused(`\\${char} is not known: \\d, \\w, \\s, \\D, \\W, \\S and escaped signs are`);
  return { test: (other) => other === literal, literal };
};

// Reads a pattern from left to right; code points, so that a sign outside the basic plane is one.
class Reader {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#chars = Array.from(text);
  }

  #eat(char: string): boolean {
    if (this.#chars[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  whole(): Pattern {
    const read = this.#ways();
    if (this.#at < this.#chars.length)
      throw refused('the pattern closes a bracket it never opened');
    return read;
  }

  #ways(): Pattern {
    const ways = [this.#sequence()];
    while (this.#eat('|')) ways.push(this.#sequence());
    const [only] = ways;
    return ways.length === 1 && only !== undefined ? only : [{ is: 'either', ways }];
  }

  #sequence(): Pattern {
    const steps: Step[] = [];
    for (;;) {
      const next = this.#chars[this.#at];
      if (next === undefined || next === '|' || next === ')') return steps;
      const atom = this.#atom();
      steps.push(...this.#repeated(atom));
    }
  }

  #atom(): Pattern {
    const char = this.#chars[this.#at++] ?? '';
    if (char === '^') return [{ is: 'start' }];
    if (char === '$') return [{ is: 'end' }];
    if (char === '.') return [{ is: 'char', test: (other) => other !== '\n' }];
    if (char === '[') return [{ is: 'char', test: this.#set() }];
    if (char === '\\') return [{ is: 'char', test: escaped(this.#chars[this.#at++]).test }];
    if ('*+?'.includes(char)) throw refused(`${char} follows nothing that could be repeated`);
    if (char !== '(') return [{ is: 'char', test: (other) => other === char }];
    if (this.#eat('?') && !this.#eat(':'))
      throw refused('of groups only ( ) and (?: ) are known: no look-around, names or flags');
    const inner = this.#ways();
    if (!this.#eat(')')) throw refused('a bracket is not closed');
    return [{ is: 'either', ways: [inner] }];
  }

  #repeated(atom: Pattern): Pattern {
    const range = this.#range();
    if (range === null) return atom;
    // A lazy quantifier matches the same values as a whole.
    this.#eat('?');
    if (this.#range() !== null)
      throw refused('one quantifier follows another: put brackets around');
    return [{ is: 'repeat', of: atom, ...range }];
  }

  #range(): { least: number; most: number | null } | null {
    if (this.#eat('*')) return { least: 0, most: null };
    if (this.#eat('+')) return { least: 1, most: null };
    if (this.#eat('?')) return { least: 0, most: 1 };
    const found = /^\{(\d+)(,?)(\d*)\}/.exec(this.#chars.slice(this.#at, this.#at + 12).join(''));
    if (found === null) return null;
    this.#at += found[0].length;
    const least = Number(found[1]);
    const most = found[3] === '' ? (found[2] === '' ? least : null) : Number(found[3]);
    if (least > mostRepeats || (most !== null && (most > mostRepeats || most < least)))
      throw refused(`${found[0]} must lie within 0 and ${mostRepeats}`);
    return { least, most };
  }

  #set(): Test {
    const isNegated = this.#eat('^');
    const tests: Test[] = [];
    for (let first = true; first || this.#chars[this.#at] !== ']'; first = false) {
      const from = this.#member();
      if (
        from.literal === null ||
        this.#chars[this.#at] !== '-' ||
        this.#chars[this.#at + 1] === ']'
      ) {
        tests.push(from.test);
        continue;
      }
      this.#at += 1;
      const [low, high] = [from.literal, this.#member().literal];
      if (high === null || low > high)
        throw refused('a range in [ ] goes from the lower to the higher');
      tests.push((char) => char >= low && char <= high);
    }
    this.#at += 1;
    return (char) => tests.some((test) => test(char)) !== isNegated;
  }

  #member(): { test: Test; literal: string | null } {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw refused('a [ is not closed');
    return char === '\\'
      ? escaped(this.#chars[this.#at++])
      : { test: (other) => other === char, literal: char };
  }
}

/** Reads a pattern of the part of RE2 that matching in linear time allows; fails with `pattern-invalid` for others. */
export const readPattern = (text: string): Pattern => new Reader(text).whole();
