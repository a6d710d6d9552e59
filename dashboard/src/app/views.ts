import { computed } from '@preact/signals';
import { parameter } from '../data/location.ts';

/** The views in the order of their keys: `1` to `9`, `0`, `m`. */
export const views = [
  { name: 'overview', title: 'Overview' },
  { name: 'alerts', title: 'Alerts' },
  { name: 'hosts', title: 'Hosts' },
  { name: 'database', title: 'Database' },
  { name: 'models', title: 'Models' },
  { name: 'agents', title: 'Agents' },
  { name: 'providers', title: 'Providers' },
  { name: 'work', title: 'Workflows & jobs' },
  { name: 'activity', title: 'Activity & audit' },
  { name: 'server', title: 'Server' },
  { name: 'metrics', title: 'Metrics' },
] as const;

export type ViewName = (typeof views)[number]['name'];

const given = parameter('view');

export const view = computed<ViewName>(
  () => views.find(({ name }) => name === given.value)?.name ?? 'overview',
);

export function keyOf(index: number): string {
  return index < 10 ? String((index + 1) % 10) : 'm';
}

const wallGiven = parameter('wall');

/** A large overview without controls, for a screen that nobody sits at. */
export const wall = computed(() => wallGiven.value !== null);
