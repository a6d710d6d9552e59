/** Numbers as people read them. Unknown values are a dash. */
const dash = '–';

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const compactNumber = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export type Maybe = number | null | undefined;
export type Format = (value: Maybe) => string;

/** Three significant digits are enough to see a change and few enough to read. */
function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return integer.format(value);
  if (size >= 10) return decimal.format(value);
  if (size >= 1) return value.toFixed(1);
  return size >= 0.1 ? value.toFixed(2) : String(Number(value.toPrecision(2)));
}

function known(format: (value: number) => string): Format {
  return (value) => (value === null || value === undefined || Number.isNaN(value) ? dash : format(value));
}

export const count = known((value) => integer.format(value));
export const compact = known((value) => (Math.abs(value) < 10_000 ? short(value) : compactNumber.format(value)));
export const percent = known((value) => `${value >= 99.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`);
export const ratio = known((value) => percent(value * 100));
export const celsius = known((value) => `${value.toFixed(0)} °C`);
export const watts = known((value) => `${short(value)} W`);

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export const bytes = known((value) => {
  let [size, unit] = [value, 0];
  while (Math.abs(size) >= 1_000 && unit < byteUnits.length - 1) [size, unit] = [size / 1_024, unit + 1];
  return `${unit === 0 ? integer.format(size) : short(size)} ${byteUnits[unit]}`;
});

export const perSecond = known((value) => `${compact(value)}/s`);

export const bytesPerSecond = known((value) => `${bytes(value)}/s`);

export const milliseconds = known((value) => {
  if (value !== 0 && Math.abs(value) < 0.1) return `${short(value * 1_000)} µs`;
  if (value < 1_000) return `${value < 10 && value !== 0 ? value.toFixed(1) : integer.format(value)} ms`;
  return value < 10_000 ? `${(value / 1_000).toFixed(1)} s` : duration(value);
});

export const seconds = known((value) => milliseconds(value * 1_000));

const steps: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A duration in its largest unit, and the next one where it tells more: `2 h 5 min`, `45 s`. */
export const duration = known((value) => {
  const ms = Math.max(0, value);
  const index = steps.findIndex(([size]) => ms >= size);
  const [size, unit] = steps[index] ?? [1_000, 's'];
  const whole = Math.floor(ms / size);
  const [nextSize, nextUnit] = steps[index + 1] ?? [0, ''];
  const rest = nextSize === 0 || whole >= 10 ? 0 : Math.floor((ms % size) / nextSize);
  return rest === 0 || unit === 'min' ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${nextUnit}`;
});

/** How long ago something was: `now`, `12 s`, `3 min`, `2 h`, `4 d`. */
export function age(ms: number): string {
  if (ms < 1_500) return 'now';
  const [size, unit] = steps.find(([step]) => ms >= step) ?? [1_000, 's'];
  return `${Math.floor(ms / size)} ${unit}`;
}

/** `3 min ago`, or `now`. */
export function ago(ms: number): string {
  const text = age(ms);
  return text === 'now' ? text : `${text} ago`;
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dateTime = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export function clockTime(ms: number): string {
  return time.format(ms);
}

export function calendarTime(ms: number): string {
  return dateTime.format(ms);
}

/** The time of a moment of today, and the date of an earlier one. */
export function moment(ms: number): string {
  return new Date(ms).toDateString() === new Date().toDateString() ? clockTime(ms) : calendarTime(ms);
}

/** `IN_PROGRESS` as `in progress`. */
export function words(value: string): string {
  return value.toLowerCase().replaceAll(/[_-]/g, ' ');
}

/** `demand_forecast` as `Demand forecast`. */
export function title(value: string): string {
  const text = words(value);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
