import { computed } from '@preact/signals';
import { go, parameter } from './location.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Ranges that end now, by the name that they have in the address. */
export const ranges = {
  live: { label: 'Live', ms: 5 * minuteMs, title: 'The last 5 minutes, second by second' },
  '15m': { label: '15 min', ms: 15 * minuteMs, title: 'The last 15 minutes' },
  '1h': { label: '1 h', ms: hourMs, title: 'The last hour' },
  '6h': { label: '6 h', ms: 6 * hourMs, title: 'The last 6 hours' },
  '24h': { label: '24 h', ms: 24 * hourMs, title: 'The last 24 hours' },
  '7d': { label: '7 d', ms: 7 * 24 * hourMs, title: 'The last 7 days' },
} as const;

export type RangeName = keyof typeof ranges;

/** What all charts show: a range that ends now, or a fixed one that a person has selected in a chart. */
export type Range =
  | { readonly name: RangeName; readonly ms: number }
  | { readonly name: null; readonly ms: number; readonly fromMs: number; readonly toMs: number };

const name = parameter('range');
const from = parameter('from');
const to = parameter('to');

/** Shorter selections are a click. */
const selectedMsMin = 2_000;

export const rangeName = computed<RangeName>(() => {
  const given = name.value;
  return given !== null && Object.hasOwn(ranges, given) ? (given as RangeName) : '15m';
});

export const range = computed<Range>(() => {
  const [fromMs, toMs] = [from.value, to.value].map((text) => Date.parse(text ?? ''));
  if (fromMs !== undefined && toMs !== undefined && toMs - fromMs >= selectedMsMin)
    return { name: null, ms: toMs - fromMs, fromMs, toMs };
  return { name: rangeName.value, ms: ranges[rangeName.value].ms };
});

/**
 * Since when alerts and annotations are read: the start of the range, and at least a day ago. In full hours, so that it
 * does not change with every second.
 */
export const shownSince = computed(() => {
  const hour = (ms: number): number => Math.floor(ms / hourMs) * hourMs;
  const shown = range.value;
  const startMs = shown.name === null ? shown.fromMs : hour(Date.now()) - shown.ms;
  return new Date(Math.min(hour(startMs), hour(Date.now()) - 24 * hourMs)).toISOString();
});

export function selectRange(next: RangeName): void {
  go({ range: next === '15m' ? null : next, from: null, to: null });
}

/** Shows a part of a chart in all charts. */
export function zoomTo(fromMs: number, toMs: number): void {
  if (toMs - fromMs < selectedMsMin) return;
  go({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
}

export function resetZoom(): void {
  if (range.peek().name === null) go({ from: null, to: null });
}

/** The names of the ranges, one step shorter or longer. */
export function stepRange(by: 1 | -1): void {
  const names = Object.keys(ranges) as RangeName[];
  const next = names[names.indexOf(rangeName.peek()) + by];
  if (next !== undefined) selectRange(next);
}
