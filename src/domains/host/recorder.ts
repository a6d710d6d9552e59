import type { Entry } from '../../journal/topic.ts';
import type { HostSample } from './events.ts';
import type { HostSamplesTable } from './store.ts';

const bytesPerMb = 1024 * 1024;

/** Turns the stream of samples into the thin history: which of them are kept, and the rates between those. */
export function createRecorder(everyMs: number): (entry: Entry<HostSample>) => HostSamplesTable | null {
  const kept = new Map<string, HostSample>();
  return ({ payload: sample }) => {
    const before = kept.get(sample.hostId);
    if (before !== undefined && sample.sampledAt - before.sampledAt < everyMs) return null;
    kept.set(sample.hostId, sample);
    return {
      host_id: sample.hostId,
      at: new Date(sample.sampledAt),
      cpu_percent: sample.cpu.percent,
      memory_percent: sample.memory.percent,
      disk_percent: sample.disk.percent,
      disk_read_mbs: sample.disk.readSpeedMbs,
      disk_write_mbs: sample.disk.writeSpeedMbs,
      network_sent_mbs: rate(sample, before, ({ network }) => network.bytesSent),
      network_recv_mbs: rate(sample, before, ({ network }) => network.bytesRecv),
      cpu_c: sample.temperature.cpuC,
    };
  };
}

/** MB a second between two samples; null at first, and when a counter has started anew. */
function rate(
  sample: HostSample,
  before: HostSample | undefined,
  counter: (sample: HostSample) => number | null,
): number | null {
  if (before === undefined) return null;
  const now = counter(sample);
  const then = counter(before);
  const seconds = (sample.sampledAt - before.sampledAt) / 1_000;
  if (now === null || then === null || now < then || seconds <= 0) return null;
  return (now - then) / bytesPerMb / seconds;
}
