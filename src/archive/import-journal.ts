import type { ExportedEvent, Footer } from './format.ts';
import type { JournalRestore } from '../journal/restore.ts';

const batchEventsMax = 500;
const batchCharsMax = 4 * 1024 * 1024;

export interface Imported {
  /** Events that were stored now. */
  readonly stored: number;
  /** Events that an earlier import had stored. */
  readonly known: number;
}

/**
 * Stores the events of a file in batches, each in one transaction with the tables that the domains derive from it. So an
 * interrupted import keeps what it has stored, and another one continues. At most one batch is in memory.
 */
export async function importJournal(
  events: AsyncGenerator<ExportedEvent, Footer>,
  restore: JournalRestore,
  progress: (imported: Imported) => void,
): Promise<Imported> {
  let total: Imported = { stored: 0, known: 0 };
  let batch: ExportedEvent[] = [];
  let chars = 0;

  async function store(): Promise<void> {
    if (batch.length === 0) return;
    const stored = await restore.store(batch);
    total = { stored: total.stored + stored, known: total.known + batch.length - stored };
    [batch, chars] = [[], 0];
    progress(total);
  }

  for await (const event of events) {
    batch.push(event);
    chars += JSON.stringify(event.payload).length;
    if (batch.length === batchEventsMax || chars >= batchCharsMax) await store();
  }
  await store();
  return total;
}
