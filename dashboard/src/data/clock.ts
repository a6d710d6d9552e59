import { computed, signal } from '@preact/signals';

/** The time of this browser, once a second while the page is visible. Ages are computed from it. */
export const now = signal(Date.now());

/** How far the clock of the server is ahead of the clock of this browser, in milliseconds. */
export const clockAheadMs = signal(0);

/** The time of the server. Charts end here, because samples carry the time of the server. */
export const serverNow = computed(() => now.value + clockAheadMs.value);

/** Smaller differences are those of the network. */
const differenceMsMin = 1_500;

/** @param serverMs the time of the server shortly before this browser had the time `receivedMs`. */
export function compareClocks(serverMs: number, receivedMs: number): void {
  const aheadMs = serverMs - receivedMs;
  clockAheadMs.value = Math.abs(aheadMs) < differenceMsMin ? 0 : aheadMs;
}

export const hidden = signal(document.hidden);

document.addEventListener('visibilitychange', () => {
  hidden.value = document.hidden;
  now.value = Date.now();
});

setInterval(() => {
  if (!hidden.peek()) now.value = Date.now();
}, 1_000);
