import { signal } from '@preact/signals';

const media = matchMedia('(min-width: 1700px) and (min-height: 950px)');

/** Whether the screen has room for charts in the cards of the overview. */
export const roomy = signal(media.matches);

media.addEventListener('change', ({ matches }) => {
  roomy.value = matches;
});
