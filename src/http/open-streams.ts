import type { ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import { guarded } from '../lib/guarded.ts';
import { spreadOver } from '../lib/spread-over.ts';

/** The event streams that are open, so that a server that stops can end them a few together. */
export class OpenStreams {
  readonly #streams = new Set<{ interrupt(): void }>();
  #draining = false;

  /** @throws AppError if the server stops */
  add(stream: { interrupt(): void }, response: ServerResponse): void {
    if (this.#draining) throw new AppError('SHUTTING_DOWN', 'The server is stopping.', { retryable: true });
    this.#streams.add(stream);
    response.once(
      'close',
      guarded(() => void this.#streams.delete(stream)),
    );
  }

  /** Rejects new streams, and interrupts the open ones within `spreadMs`, so that their clients connect again. */
  drain(spreadMs: number): Promise<void> {
    this.#draining = true;
    return spreadOver([...this.#streams], spreadMs, (stream) => stream.interrupt());
  }
}
