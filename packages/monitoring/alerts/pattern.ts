import { Failure } from '@rookery/kernel/failure';
import { readPattern, type Pattern, type Step, type Test } from './pattern-syntax.ts';

/** Tells whether the whole of a value matches. */
export type Whole = (value: string) => boolean;

type Instruction =
  | { readonly is: 'char'; readonly test: Test }
  | { readonly is: 'start' | 'end' | 'match' }
  | { readonly is: 'split'; ways: number[] };

const longestPattern = 200;
// x{50} within x{50} would be 2,500 instructions; a value of 200 signs against 1,000 takes 2 ms (2026-11).
const mostInstructions = 1_000;

const invalid = (reason: string): Failure => new Failure('invalid', 'pattern-invalid', reason);

// Appends the program of a pattern; it goes on behind its last instruction.
const emit = (program: Instruction[], pattern: Pattern): void => {
  for (const step of pattern) emitStep(program, step);
};

const add = (program: Instruction[], instruction: Instruction): number => {
  if (program.length >= mostInstructions)
    throw invalid('the pattern repeats too much: make it shorter, or its { } smaller');
  return program.push(instruction) - 1;
};

const emitStep = (program: Instruction[], step: Step): void => {
  if (step.is === 'either') {
    const fork: Instruction = { is: 'split', ways: [] };
    add(program, fork);
    const exits: { ways: number[] }[] = [];
    for (const way of step.ways) {
      fork.ways.push(program.length);
      emit(program, way);
      const exit = { is: 'split' as const, ways: [] };
      add(program, exit);
      exits.push(exit);
    }
    for (const exit of exits) exit.ways.push(program.length);
  } else if (step.is === 'repeat') emitRepeat(program, step);
  else add(program, step.is === 'char' ? step : { is: step.is });
};

const emitRepeat = (program: Instruction[], step: Step & { is: 'repeat' }): void => {
  for (let n = 0; n < step.least; n += 1) emit(program, step.of);
  const exits: { ways: number[] }[] = [];
  const fork = (): number => {
    const split: Instruction = { is: 'split', ways: [program.length + 1] };
    exits.push(split);
    return add(program, split);
  };
  if (step.most === null) {
    const again = fork();
    emit(program, step.of);
    add(program, { is: 'split', ways: [again] });
  } else
    for (let n = step.least; n < step.most; n += 1) {
      fork();
      emit(program, step.of);
    }
  for (const exit of exits) exit.ways.push(program.length);
};

// Follows everything that takes no sign; each instruction is visited once for each place of the value.
const reach = (program: readonly Instruction[], from: Iterable<number>, edge: string) => {
  const seen = new Set<number>();
  const stack = [...from];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const instruction = program[at];
    if (instruction === undefined || seen.has(at)) continue;
    seen.add(at);
    if (instruction.is === 'split') stack.push(...instruction.ways);
    else if (edge.includes(instruction.is)) stack.push(at + 1);
  }
  return seen;
};

/**
 * Compiles a pattern (RE2 without flags, look-around and back references) that the whole value has to match. It takes
 * the time of value × pattern whatever both are: a pattern of one tenant stops no evaluation of another's rules.
 */
export const wholePattern = (text: string): Whole => {
  if (text.length > longestPattern)
    throw invalid(`a pattern has at most ${longestPattern} characters, this one ${text.length}`);
  const program: Instruction[] = [];
  emit(program, readPattern(text));
  const match = add(program, { is: 'match' });
  return (value) => {
    const chars = Array.from(value);
    let threads = reach(program, [0], chars.length === 0 ? 'start end' : 'start');
    for (const [at, char] of chars.entries()) {
      const next: number[] = [];
      for (const thread of threads) {
        const instruction = program[thread];
        if (instruction?.is === 'char' && instruction.test(char)) next.push(thread + 1);
      }
      if (next.length === 0) return false;
      threads = reach(program, next, at === chars.length - 1 ? 'end' : '');
    }
    return threads.has(match);
  };
};
