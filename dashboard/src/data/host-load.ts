import { signal } from '@preact/signals';

/** A host under load. A moment of it, such as the start of a program, is none. */
export type HostLoad = 'WARNING' | 'CRITICAL';

/** A host is under load that was it at each of the last readings, which is about ten seconds. */
const readings = 3;

/** The newest states of each host, the newest last. */
const recent = signal<ReadonlyMap<string, readonly string[]>>(new Map());

export function noteHealth(hosts: readonly (readonly [hostId: string, health: string])[]): void {
  const known = recent.peek();
  recent.value = new Map(
    hosts.map(([hostId, health]) => [hostId, [...(known.get(hostId) ?? []), health].slice(-readings)]),
  );
}

export function loadOf(hostId: string): HostLoad | null {
  const states = recent.value.get(hostId) ?? [];
  if (states.length < readings) return null;
  if (states.every((state) => state === 'CRITICAL')) return 'CRITICAL';
  return states.every((state) => state === 'CRITICAL' || state === 'WARNING') ? 'WARNING' : null;
}
