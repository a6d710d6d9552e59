import type { ActiveAlerts } from './events.ts';

export interface ActiveList {
  /** As it was read last. */
  now(): ActiveAlerts;
  /** Reads it again; called while it is being read, once more afterwards. */
  refresh(): void;
  stop(): Promise<void>;
}

/** Follows what is active: one reading after the other, so that the newest is told last. */
export function followActive(options: {
  readonly first: ActiveAlerts;
  readonly read: () => Promise<ActiveAlerts>;
  readonly changed: (active: ActiveAlerts) => void;
  /** Told when it cannot be read; it is tried again after a while. */
  readonly failed: (error: unknown) => void;
  readonly retryMs?: number;
}): ActiveList {
  const { retryMs = 500 } = options;
  let active = options.first;
  let wanted = false;
  let stopped = false;
  let reading: Promise<void> | null = null;

  async function readOn(): Promise<void> {
    while (wanted && !stopped) {
      wanted = false;
      try {
        active = await options.read();
        options.changed(active);
      } catch (error) {
        options.failed(error);
        wanted = true;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    reading = null;
  }

  return {
    now: () => active,
    refresh() {
      wanted = true;
      reading ??= readOn();
    },
    async stop() {
      stopped = true;
      await reading;
    },
  };
}
