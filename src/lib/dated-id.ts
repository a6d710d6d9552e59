/**
 * A readable id such as `alert_20261121_007`: the UTC day and the number within its kind, padded to three digits.
 * Numbers are unique, so these ids are too.
 */
export function datedId(prefix: string, at: number, number: number): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  return `${prefix}_${day}_${String(number).padStart(3, '0')}`;
}
