import { computed, signal } from '@preact/signals';

/**
 * What the page shows is in its address, so that it can be sent to another person and survives a reload: the view, the
 * host, the time range, and the wall mode.
 */
const parameters = signal(new URLSearchParams(location.search));

addEventListener('popstate', () => {
  parameters.value = new URLSearchParams(location.search);
});

export interface Change {
  readonly [name: string]: string | null;
}

/** The address with some parameters changed; null removes one. Relative, for a page behind a proxy. */
export function addressWith(change: Change): string {
  const next = new URLSearchParams(parameters.value);
  for (const [name, value] of Object.entries(change))
    if (value === null) next.delete(name);
    else next.set(name, value);
  const text = next.toString();
  return text === '' ? location.pathname : `?${text}`;
}

export function go(change: Change, { replace = false } = {}): void {
  const address = addressWith(change);
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  parameters.value = new URLSearchParams(location.search);
}

export function parameter(name: string) {
  return computed(() => parameters.value.get(name));
}
