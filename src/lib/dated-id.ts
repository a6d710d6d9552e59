/**
 * An id for people: `alert_20261121_007`, the UTC day and a position in the log, padded to three digits. Positions are
 * unique, so such ids are too.
 */
export function datedId(prefix: string, at: number, seq: number): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  return `${prefix}_${day}_${String(seq).padStart(3, '0')}`;
}
