/** Formats quantities as the old dashboard does. */

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** For example `2.3MB`: in the largest unit (powers of 1024) with a value of at least 1, with one decimal except for bytes. */
export function sizeText(bytes: number, gap = ''): string {
  let value = Math.round(bytes);
  let step = 0;
  while (Number(value.toFixed(1)) >= 1024 && step < units.length - 1) {
    value /= 1024;
    step++;
  }
  return `${step === 0 ? value : value.toFixed(1)}${gap}${units[step]}`;
}

/** For example `2.1 MB/s`. */
export function speedText(bytesPerSecond: number): string {
  return `${sizeText(bytesPerSecond, ' ')}/s`;
}

/** For example `4m 23s`, `45s` or `1h 0m 5s`, rounded to whole seconds. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const parts = [
    ...(hours > 0 ? [`${hours}h`] : []),
    ...(hours > 0 || minutes > 0 ? [`${minutes}m`] : []),
    `${whole % 60}s`,
  ];
  return parts.join(' ');
}
