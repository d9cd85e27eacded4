import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';

const icon = 'data:,';

const bundled = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'docs', entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // One package, one place: nothing of the machine's own configuration.
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  return (outputFiles[0]?.text ?? '').trim();
};

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The text of docs-page.json: the whole documentation as one HTML page, and the policy that lets nothing else run. */
export const docsPageText = async (): Promise<string> => {
  const [script, style] = await Promise.all([bundled('main.tsx'), bundled('style.css')]);
  // Would end the element early; in a string of JavaScript it means the same.
  const safe = script.replaceAll('</script', String.raw`<\/script`);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Rookery API</title>
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript. The same as data: <a href="/openapi.json">openapi.json</a></noscript>
<script type="module">${safe}</script>
</body>
</html>
`;
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(safe)}`,
    `style-src ${hashOf(style)}`,
    `connect-src 'self'`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  const generated = 'from packages/web/docs by npm run docs: change that, not this file';
  return `${JSON.stringify({ generated, policy, html }, null, 2)}\n`;
};
