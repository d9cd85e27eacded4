import { inMarkup } from '@rookery/kernel/text';

const inline = (text: string): string =>
  inMarkup(text).replaceAll(/`([^`]+)`/g, (_whole, code: string) => `<code>${code}</code>`);

const note = /^Generated from /;

// The Markdown of the error pages: headings, paragraphs and one fenced block; the note is for who edits files.
const blocksOf = (markdown: string): string =>
  markdown
    .split(/(^```\w*\n[^]*?^```$)/m)
    .flatMap((part) => {
      const [, code] = /^```\w*\n([^]*?)^```$/m.exec(part) ?? [];
      if (code !== undefined) return [`<pre tabindex="0">${inMarkup(code)}</pre>`];
      return part
        .split(/\n{2,}/)
        .map((paragraph) => paragraph.trim())
        .filter((paragraph) => paragraph !== '' && !note.test(paragraph))
        .map((paragraph) => {
          const [, marks = '', title = ''] = /^(#+) (.*)$/.exec(paragraph) ?? [];
          const level = marks.length;
          return level === 0
            ? `<p>${inline(paragraph)}</p>`
            : `<h${level}>${inline(title)}</h${level}>`;
        });
    })
    .join('\n');

/** The style of error pages; their policy names its hash, so that nothing else applies. */
export const errorStyle = `:root{color-scheme:light dark}
body{max-width:44rem;margin:auto;padding:1rem 1rem 4rem;font:16px/1.5 system-ui,sans-serif;background:light-dark(#fff,#14171c);color:light-dark(#1b2027,#e6e9ee)}
a{color:light-dark(#0b5cad,#7cb8f5)}
pre,code{font:.92em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre{padding:.75rem;overflow:auto;border:1px solid light-dark(#d9dde3,#343b46);border-radius:6px;background:light-dark(#f5f6f8,#1d222a)}`;

/** An error page of docs/errors as HTML, from its Markdown. */
export const errorHtml = (title: string, markdown: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inMarkup(title)} · Rookery API</title>
<link rel="icon" href="data:,">
<style>${errorStyle}</style>
</head>
<body>
<nav aria-label="Documentation"><a href="/docs">Rookery API</a></nav>
<main>
${blocksOf(markdown)}
</main>
</body>
</html>
`;
