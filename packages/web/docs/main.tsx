import { render } from 'preact';
import { App } from './app.tsx';
import type { Document } from './document.ts';

const root = document.getElementById('app');
if (root !== null)
  fetch('/openapi.json')
    .then((response) => response.json())
    .then((json: Document) => render(<App document={json} />, root))
    .catch((error: unknown) => {
      root.textContent = `The description of the API cannot be read: ${String(error)}. Reload to try again.`;
    });
