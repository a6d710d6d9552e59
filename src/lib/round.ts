/** Rounds to at most this many decimals: 0.1 + 0.2 gives 0.3. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
