import type { Topic } from '../journal/topic.ts';
import type { Sample, Source } from './source.ts';

/** A gauge that is read on demand; see `polledGauge`. */
export interface PolledGauge<Payload> {
  /** Name in logs and metrics. */
  readonly name: string;
  readonly topic: Topic<Payload, 'LATEST'>;
  readonly key: string;
  readonly read: () => Promise<Payload> | Payload;
  /** The interval while no reader wants it, milliseconds. Default: it is not read then. */
  readonly backgroundMs?: number | null;
  /** Default: 5000. */
  readonly timeoutMs?: number;
}

const timeoutMsDefault = 5_000;

/**
 *     polledGauge({ name: 'connections', topic: connectionsCounted, key: hostId, read: () => count() })
 */
export function polledGauge<Payload>({ topic, key, read, ...options }: PolledGauge<Payload>): Source {
  return polledGauges({
    ...options,
    topics: [topic],
    read: async () => [{ topic, key, payload: await read() }],
  });
}

/** Several gauges, or several keys of one, that are read together. */
export function polledGauges({
  name,
  topics,
  read,
  backgroundMs = null,
  timeoutMs = timeoutMsDefault,
}: Pick<PolledGauge<unknown>, 'name' | 'timeoutMs'> & {
  readonly topics: readonly Topic<unknown, 'LATEST'>[];
  readonly read: () => Promise<Sample['gauges']>;
  readonly backgroundMs?: number | null;
}): Source {
  return {
    name,
    feeds: topics.map((topic) => topic.name),
    backgroundMs,
    timeoutMs,
    sample: async () => ({ gauges: await read() }),
  };
}
