import type { WorkerLink } from './worker-link.ts';

/**
 * Makes what a process knows about itself known about all workers together. A worker that hangs is left out.
 * @param worker null: this process is the only one
 */
export function ofAllWorkers<Part>(
  worker: Pick<WorkerLink, 'answer' | 'gather'> | null,
  what: string,
  own: () => Part | Promise<Part>,
): () => Promise<readonly [Part, ...Part[]]> {
  worker?.answer(what, own);
  return async () => {
    const others = worker?.gather<Part>(what) ?? [];
    return [await own(), ...(await others)];
  };
}
