import type { Carrier, NewsSink } from '../cluster/carrier.ts';

/** Brings the news that the primary receives for all workers and sends to each of them. */
export class IpcCarrier {
  readonly #sinks = new Set<NewsSink>();
  #proven = false;

  open(sink: NewsSink): Carrier {
    this.#sinks.add(sink);
    if (this.#proven) sink.arrive(true);
    return { name: 'IPC', [Symbol.asyncDispose]: async () => void this.#sinks.delete(sink) };
  }

  /** The primary has received news. */
  news(channel: string, text: string): void {
    for (const sink of this.#sinks) sink.news(channel, text);
  }

  /** @param proven whether news are proven to arrive at the primary */
  arrive(proven: boolean): void {
    this.#proven = proven;
    for (const sink of this.#sinks) sink.arrive(proven);
  }
}
