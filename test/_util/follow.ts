import type { EventLog } from '../../src/journal/journal.ts';
import { openReader, type OpenReader } from '../../src/journal/reader.ts';
import type { Entry } from '../../src/journal/topic.ts';

/** Iterates over the entries after a cursor until the signal is aborted. */
export async function* follow(
  log: EventLog,
  options: OpenReader & { signal: AbortSignal },
): AsyncGenerator<Entry> {
  const reader = await openReader(log, options);
  let wake = (): void => {};
  using _listening = log.onAppend(() => wake());
  options.signal.addEventListener('abort', () => wake(), { once: true });
  while (!options.signal.aborted) {
    const step = reader.peek();
    if (step === 'behind') await reader.load();
    else if (step === 'up to date')
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    else {
      reader.take(step.entry);
      yield step.entry;
    }
  }
}
