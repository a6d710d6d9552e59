import process from 'node:process';
import type { OpenCarrier } from '../cluster/carrier.ts';
import type { PeerCounts } from '../lib/concurrency-limiter.ts';
import { guarded } from '../lib/guarded.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { Log } from '../log/log.ts';
import type { Addresses, EmbeddedConnection, ToPrimary, ToWorker } from './messages.ts';
import { IpcCarrier } from './ipc-carrier.ts';
import { SharedCounts } from './shared-counts.ts';

const aliveEveryMs = 1_000;
/** How long the parts of other workers are awaited. One that hangs is left out. */
const gatherMs = 2_000;

/** A worker's connection to the primary, and through it to the other workers. */
export interface WorkerLink {
  readonly slot: number;
  readonly embedded: EmbeddedConnection | null;
  /** Brings the news that the primary receives. */
  readonly openCarrier: OpenCarrier;
  /** Clients can be served. */
  ready(addresses: Addresses): void;
  /** Counts that limit all workers together. @param name the same in all workers */
  counts(name: string): PeerCounts;
  /** What other workers are asked for by this name. */
  answer(what: string, part: () => unknown): void;
  /** The parts of the other workers, which must be JSON. Never rejects. */
  gather<Part>(what: string): Promise<readonly Part[]>;
}

export interface WorkerLinkOptions {
  readonly log: Log;
  /** The primary wants this worker to stop, or is gone. Called once. */
  readonly stop: (reason: string, options: { readonly replaced: boolean }) => void;
}

/** Connects to the primary that has started this process. */
export async function connectToPrimary({ log, stop }: WorkerLinkOptions): Promise<WorkerLink> {
  const answers = new Map<string, () => unknown>();
  const gathering = new Map<number, (parts: readonly unknown[]) => void>();
  const carrier = new IpcCarrier();
  const counts = new SharedCounts((changes) => send({ kind: 'counts', changes }));
  let started: (message: Extract<ToWorker, { kind: 'start' }>) => void = () => {};
  const start = new Promise<Extract<ToWorker, { kind: 'start' }>>((resolve) => {
    started = resolve;
  });
  let lastId = 0;

  /** A primary that is gone ends this process soon, so what cannot be sent to it is not missed. */
  function send(message: ToPrimary): void {
    if (process.connected) process.send?.(message, undefined, undefined, () => {});
  }

  async function answer(id: number, what: string): Promise<void> {
    try {
      send({ kind: 'part', id, part: await answers.get(what)?.() });
    } catch (error) {
      log.warn({ err: error, what }, 'a worker failed to answer another one');
    }
  }

  function receive(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
        return started(message);
      case 'news':
        return carrier.news(message.channel, message.text);
      case 'arrive':
        return carrier.arrive(message.proven);
      case 'counts':
        return counts.receive(message.changes);
      case 'ask':
        return void answer(message.id, message.what);
      case 'gathered':
        gathering.get(message.id)?.(message.parts);
        return;
      case 'stop':
        return stop('the primary', { replaced: message.replaced });
    }
  }

  process.on(
    'message',
    guarded(receive, (error) => log.error({ err: error }, 'a message of the primary failed')),
  );
  process.on(
    'disconnect',
    guarded(() => stop('the primary is gone', { replaced: false })),
  );
  setInterval(() => send({ kind: 'alive' }), aliveEveryMs).unref();
  send({ kind: 'started' });
  const { slot, embedded } = await start;
  return {
    slot,
    embedded,
    openCarrier: (sink) => carrier.open(sink),
    ready: (addresses) => send({ kind: 'ready', addresses }),
    counts: (name) => counts.of(name),
    answer: (what, part) => void answers.set(what, part),
    async gather<Part>(what: string) {
      const id = ++lastId;
      const parts = new Promise<readonly unknown[]>((resolve) => gathering.set(id, resolve));
      send({ kind: 'gather', id, what });
      const gathered = await waitAtMost(gatherMs, parts);
      gathering.delete(id);
      return (gathered ?? []) as readonly Part[];
    },
  };
}
