import { signal } from '@preact/signals';

/** The moment under the cursor, in seconds, which all charts share. Null: the cursor is in no chart. */
export const cursorAt = signal<number | null>(null);
