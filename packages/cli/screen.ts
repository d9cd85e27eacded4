import { styleText } from 'node:util';

/** A piece of work on screen: a line that moves while it lasts, and one that stays when it is over. */
export type Step = {
  /** How far it is, 0 to 1, or undefined when that cannot be told. */
  readonly update: (text: string, share?: number) => void;
  /** Ends it; without a text when what comes next says it all. */
  readonly done: (text?: string) => void;
};

/** What people read while a command works; the answer itself goes to standard output. */
export type Screen = {
  readonly say: (line: string) => void;
  readonly good: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly step: (text: string) => Step;
  /** Takes a moving line away, before something else is written. */
  readonly clear: () => void;
};

/**
 * Lets the process live on when its terminal or pipe is gone: without this the first line written after a hang-up
 * ends it at once, and Postgres stays behind.
 */
export const surviveClosedOutput = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
};

const frames = ['◒', '◐', '◓', '◑'];
const barWidth = 24;
const redrawMs = 80;
const eraseLine = '\r\u001B[2K';

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `${'━'.repeat(full)}${styleText('dim', '─'.repeat(barWidth - full))} ${String(Math.floor(Math.min(1, share) * 100)).padStart(3)} %`;
};

/**
 * Progress on standard error: one moving line on a terminal, only finished steps elsewhere.
 * The spinners of @clack/prompts are not used: they put the terminal in raw mode and end the process on Ctrl-C,
 * which would leave Postgres running.
 */
export const createScreen = (out: NodeJS.WriteStream = process.stderr): Screen => {
  let moving: string | undefined;
  let drawnAt = 0;
  let frame = 0;

  const draw = (): void => {
    if (moving === undefined || !out.isTTY) return;
    const width = (out.columns ?? 80) - 1;
    // Colours take no room, so cut only what is surely too long.
    out.write(`${eraseLine}${moving.length > width + 20 ? moving.slice(0, width) : moving}`);
  };
  const say = (line: string): void => {
    out.write(`${moving !== undefined && out.isTTY ? eraseLine : ''}${line}\n`);
    draw();
  };
  const clear = (): void => {
    if (moving !== undefined && out.isTTY) out.write(eraseLine);
    moving = undefined;
  };
  const good = (line: string): void => {
    say(`${styleText('green', '✔', { stream: out })} ${line}`);
  };
  return {
    say,
    good,
    clear,
    warn: (line) => {
      say(`${styleText('yellow', '▲', { stream: out })} ${line}`);
    },
    step: (text) => {
      const update = (now: string, share?: number): void => {
        const finished = share !== undefined && share >= 1;
        if (!finished && performance.now() - drawnAt < redrawMs) return;
        drawnAt = performance.now();
        frame = (frame + 1) % frames.length;
        const sign = styleText('cyan', frames[frame] ?? '', { stream: out });
        moving = `${sign} ${share === undefined ? '' : `${bar(share)}  `}${now}`;
        draw();
      };
      drawnAt = 0;
      update(text);
      return {
        update,
        done: (last) => {
          clear();
          if (last !== undefined) good(last);
        },
      };
    },
  };
};
