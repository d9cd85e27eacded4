/** A frame of a stack without its line: what stays when code above it moves. */
export type Frame = { readonly place: string; readonly file: string };

const mostLines = 200;
const mostCharacters = 1_000;

// V8: `at name (file:1:2)`, `at async name (file:1:2)`, `at file:1:2`.
const v8 = /^\s{0,20}at (?:async )?(?:(.{1,300}?) \()?(.{1,600}?):\d{1,9}(?::\d{1,9})?\)?$/;
// What V8 has for the file of code that was made of a text: `eval at name (file:1:2), <anonymous>`.
const v8Made = /^eval at .{0,800}?\(([^()]{1,600}):\d{1,9}:\d{1,9}\)/;
// Firefox and Safari: `name@file:1:2`. A message may hold an address with a port: a frame has no blanks, and a path.
const gecko =
  /^((?:global|eval|module) code|[^@\s]{0,300})@([^\s@]{0,600}\/[^\s@]{0,600}?):\d{1,9}(?::\d{1,9})?$/;
// Safari has no name and no @ for a function without one.
const nameless = /^()(https?:\/\/[^\s@/]{1,300}\/[^\s@]{0,600}?):\d{1,9}:\d{1,9}$/;
const geckoMade = / line \d{1,9} > (?:eval|Function|[a-z]{1,20})(?=[: ])/g;
// Python: `File "file", line 1, in name`; its innermost frame is last.
const python = /^\s{0,20}File "([^"]{1,600})", line \d{1,9}(?:, in (.{1,300}))?$/;

// Names that bundlers give: hexadecimal (webpack, Next), eight letters of base64 with a digit or a capital within (Vite,
// Rollup, esbuild). `lead-overview.js` and `lead-Settings.js` are names of people.
const hash =
  /[.-](?:[0-9a-f]{8,32}|(?=[^.]{0,7}\d|[^.]{1,7}[A-Z])[\w-]{8})(?=(?:\.chunk|\.bundle|\.min)?\.[a-z]{1,4}$)/;
// A release, or a chunk that has no other name.
const build = /(?<=(?:^|\/))(?:\d+(?=\.[^/]*$)|(?=[a-f]{0,40}\d)[0-9a-f]{7,40}(?=[/.]))/g;

// Where the same file lies differs from deployment to deployment, and what a bundler adds from build to build.
const fileOf = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/[?#].*$/, '')
    .replace(/^(?:file|https?|webpack(?:-internal)?):\/\/\/?[^/]{0,200}/, '')
    .replace(/^.*\/(?=(?:src|app|lib|packages|functions)\/)/, '')
    .replace(hash, '')
    .replace(build, '<build>');

const vendor =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|\.pnpm)\/|^(?:node:|internal\/|native|\[native code\]|<anonymous>|[a-z-]{1,20}-extension:)|\/lib\/python\d|\/(?:chunk-)?vendors?[.~-][^/]*$/;

const frameOf = (line: string): (Frame & { readonly last?: true }) | undefined => {
  if (line.length > mostCharacters) return undefined;
  const ofPython = python.exec(line);
  if (ofPython?.[1] !== undefined)
    return { place: ofPython[2] ?? '', file: ofPython[1], last: true };
  const plain = line.replace(geckoMade, '');
  const found = v8.exec(line) ?? gecko.exec(plain) ?? nameless.exec(line);
  if (found?.[2] === undefined) return undefined;
  return { place: found[1] ?? '', file: v8Made.exec(found[2])?.[1] ?? found[2] };
};

// How it was called is not what it is.
const placeOf = (place: string): string =>
  place.replace(/^(?:async\*|async |new )/, '').replace(/ \[as [^\]]{1,200}\]$/, '');

/**
 * The frames of our own code in a stack as V8, Firefox, Safari or Python prints it, the innermost first and without lines;
 * of a longer stack those within the first 200 lines. Empty when nothing of it is known.
 */
export const framesOf = (stack: string): readonly Frame[] => {
  const found = stack.split('\n', mostLines).flatMap((line) => {
    const frame = frameOf(line.trimEnd());
    return frame === undefined ? [] : [frame];
  });
  const inner = found.some(({ last }) => last === true) ? found.toReversed() : found;
  return inner
    .filter(({ file }) => !vendor.test(file.replaceAll('\\', '/')))
    .map(({ place, file }) => ({ place: placeOf(place), file: fileOf(file) }));
};
