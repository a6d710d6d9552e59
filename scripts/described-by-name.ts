/** Descriptions that still say only their name. Remove an entry when its description is written; then this file. */
export const namesOnly: ReadonlySet<string> = new Set(['InvalidInput.field']);
