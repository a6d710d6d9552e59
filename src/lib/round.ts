/** To at most so many decimals, as a reader sees them: 0.1 + 0.2 gives 0.3. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
