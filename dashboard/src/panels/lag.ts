/** Readers that are more events behind have a warning. */
export const lagMax = 100;
