import { effect } from '@preact/signals';
import { isLost } from '../data/graph.ts';

/** When the server is back with another version of the page, the page that is shown does not fit it any more. */
export function followUpdates(): void {
  const script = document.querySelector('script[src]')?.getAttribute('src') ?? '';
  let wasLost = false;
  effect(() => {
    if (wasLost && !isLost.value) void reloadUnless(script);
    wasLost = isLost.value;
  });
}

async function reloadUnless(script: string): Promise<void> {
  const response = await fetch('.', { headers: { accept: 'text/html' } }).catch(() => null);
  if (response?.ok === true && !(await response.text()).includes(script)) location.reload();
}
