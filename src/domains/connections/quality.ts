export type ConnectionQuality = 'EXCELLENT' | 'GOOD' | 'FAIR' | 'POOR';

/** @param latencyMs from a ping to its pong. */
export function qualityOf(latencyMs: number): ConnectionQuality {
  if (latencyMs < 50) return 'EXCELLENT';
  if (latencyMs <= 150) return 'GOOD';
  return latencyMs <= 300 ? 'FAIR' : 'POOR';
}
