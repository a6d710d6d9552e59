import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Event, type Server } from './server.ts';

/** The environment of every part of the demo. */
export interface Shop {
  readonly server: Server;
  readonly signal: AbortSignal;
  /** One short round, without waits. */
  readonly once: boolean;
  /** Resolves with the cursor of the last event, once all are stored. */
  report(...events: readonly Event[]): Promise<string>;
  /** Rejects when the demo stops. */
  pause(ms: number): Promise<void>;
  /** Events to report if the demo stops before `ended` is called, so that nothing is left open. */
  atEnd(name: string, make: () => Event): void;
  ended(name: string): void;
  newId(kind: string): string;
  /** Watches a background loop: its failure ends the demo. */
  run(work: Promise<unknown>): Promise<void>;
  say(text: string): void;
}

export interface ShopOptions {
  readonly server: Server;
  readonly signal: AbortSignal;
  readonly once: boolean;
  readonly failed: (error: unknown) => void;
}

/** Prefix of every id of one run of the demo. */
const run = `demo-${randomUUID().slice(0, 8)}`;
let made = 0;

/**
 * An event with an id and a timestamp, created once: all its transmissions are the same event. A source or user of the
 * event is `demo`.
 */
export function event(member: string, fields: Readonly<Record<string, unknown>>): Event {
  return { [member]: { key: newId(member), occurredAt: new Date().toISOString(), ...fields } };
}

export function createShop({ server, signal, once, failed }: ShopOptions): Shop & { open(): Event[] } {
  const endings = new Map<string, () => Event>();
  return {
    server,
    signal,
    once,
    newId,
    report: (...events) => server.publish(events),
    pause: (ms) => (once ? Promise.resolve() : sleep(ms, undefined, { signal })),
    atEnd: (name, make) => void endings.set(name, make),
    ended: (name) => void endings.delete(name),
    open: () => [...endings.values()].map((make) => make()),
    async run(work) {
      try {
        await work;
      } catch (error) {
        if (!signal.aborted) failed(error);
      }
    },
    say: (text) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`),
  };
}

/** Rounds to two decimals. */
export function between(min: number, max: number): number {
  return Math.round((min + Math.random() * (max - min)) * 100) / 100;
}

export function oneOf<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('the list is empty');
  return item;
}

function newId(kind: string): string {
  made += 1;
  return `${run}-${kind}-${made}`;
}
