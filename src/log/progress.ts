import type { Log } from './log.ts';

const everyMs = 5_000;

export interface Progress {
  readonly log: Log;
  /** Of the line that is repeated while the work runs, such as `still migrating the database`. */
  readonly message: string;
  /** How far the work is, when the line is written. A rejection leaves the line out. */
  readonly fields: () => object | Promise<object>;
  /** Default: 5 s. */
  readonly everyMs?: number;
}

/** Runs work and logs how far it is every five seconds. Work that takes less logs nothing. */
export async function withProgress<Value>(progress: Progress, work: () => Promise<Value>): Promise<Value> {
  const began = performance.now();
  let reporting = false;
  const report = async (): Promise<void> => {
    if (reporting) return;
    reporting = true;
    try {
      const fields = await progress.fields();
      progress.log.info({ ...fields, elapsedMs: Math.round(performance.now() - began) }, progress.message);
    } catch {
      // the work itself reports what is wrong with the database
    }
    reporting = false;
  };
  const timer = setInterval(() => void report(), progress.everyMs ?? everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
