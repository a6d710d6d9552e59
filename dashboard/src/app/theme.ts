import { computed, effect, signal } from '@preact/signals';

/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';

const key = 'opsgraph-theme';
const order: readonly Theme[] = ['auto', 'light', 'dark'];

export const theme = signal<Theme>(stored());

const darkMedia = matchMedia('(prefers-color-scheme: dark)');
const prefersDark = signal(darkMedia.matches);
darkMedia.addEventListener('change', ({ matches }) => {
  prefersDark.value = matches;
});

/** What is shown. Charts are drawn again when it changes. */
export const isDark = computed(() => theme.value === 'dark' || (theme.value === 'auto' && prefersDark.value));

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

export function nextTheme(): void {
  const next = order[(order.indexOf(theme.peek()) + 1) % order.length] ?? 'auto';
  theme.value = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage is off: the choice lasts until the page is left.
  }
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return order.find((one) => one === value) ?? 'auto';
  } catch {
    return 'auto';
  }
}
