/** Where the positions of named subscriptions are kept, so that a page or a program resumes after a restart. */
export interface CursorStore {
  /** The stored position. Null or undefined: none. */
  get(name: string): string | null | undefined | Promise<string | null | undefined>;
  set(name: string, cursor: string): void | Promise<void>;
}

interface StringStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * Keeps positions in `localStorage`, or in another `Storage`. Tabs share them: give the subscriptions of a tab names of
 * their own, or use `sessionStorage`, if each tab has to receive every event.
 */
export function storageCursors(
  storage: StringStorage = (globalThis as unknown as { localStorage: StringStorage }).localStorage,
  prefix = 'opsgraph:',
): CursorStore {
  return {
    get: (name) => storage.getItem(prefix + name),
    set: (name, cursor) => storage.setItem(prefix + name, cursor),
  };
}
