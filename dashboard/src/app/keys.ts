import { go } from '../data/location.ts';
import { resetZoom, stepRange } from '../data/range.ts';
import { helpOpen } from './help.tsx';
import { nextTheme } from './theme.ts';
import { keyOf, views, wall } from './views.ts';

/** Keys that work wherever no text is being written. */
export function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (
      target instanceof HTMLElement &&
      target.closest('input:not([type=radio], [type=checkbox]), textarea, select, dialog')
    )
      return;
    const view = views[views.findIndex((_view, index) => keyOf(index) === key)];
    if (view !== undefined) {
      go({ view: view.name === 'overview' ? null : view.name, host: null });
      document.querySelector('main')?.focus();
    } else if (key === 't') nextTheme();
    else if (key === 'w') go({ wall: wall.value ? null : '1' });
    else if (key === '?') helpOpen.value = true;
    else if (key === '[') stepRange(-1);
    else if (key === ']') stepRange(1);
    else if (key === 'Escape') {
      if (wall.value) go({ wall: null });
      else resetZoom();
    }
  });
}
