import { computed, effect, signal } from '@preact/signals';
import { wall } from '../app/views.ts';
import { nodesOf } from '../data/lists.ts';
import { overall } from '../data/overall.ts';

const rootPx = 16;

/** The size of the window in pixels of a page whose text has the usual size. On a wall it is larger. */
const size = signal(measured());

function measured(): { readonly width: number; readonly height: number } {
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / rootPx;
  return { width: innerWidth / scale, height: innerHeight / scale };
}

addEventListener('resize', () => {
  size.value = measured();
});

effect(() => {
  void wall.value;
  requestAnimationFrame(() => {
    size.value = measured();
  });
});

/** Of the table of hosts in the overview: its header, and a row per host. */
const fleetHeight = computed(() => {
  const hosts = nodesOf(overall.value.value?.hosts).length;
  return hosts > 1 ? 66 + 30 * hosts : 0;
});

/** Whether the screen has room for charts in the cards of the overview. */
export const roomy = computed(
  () => size.value.width >= 1_700 && size.value.height - fleetHeight.value >= 950,
);
