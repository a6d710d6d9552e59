import { signal } from '@preact/signals';

/** The moment under the cursor, in seconds, which all charts share. Null: the cursor is in no chart. */
export const cursorAt = signal<number | null>(null);

/** Whether keys have moved the cursor. A pointer moves the lines in the charts itself. */
export const isMovedByKeys = signal(false);
