import { HostHistoryDocument, HostLiveDocument } from '../documents.generated.ts';
import type { HostHistoryQuery, HostLiveSubscription } from '../documents.generated.ts';
import { useChartSource } from '../data/chart-source.ts';
import { elapsedMs, rate } from '../data/rate.ts';
import type { Point } from '../data/series.ts';

/** The lines of a host in the order in which `useHostSeries` gives them. */
export const hostLine = {
  cpu: 0,
  cpuMax: 1,
  memory: 2,
  disk: 3,
  diskRead: 4,
  diskWrite: 5,
  received: 6,
  sent: 7,
  temperature: 8,
} as const;

/** @param hostId null: the host of the server. */
export function useHostSeries(hostId: string | null, active: boolean) {
  return useChartSource(
    {
      lines: ['mean', 'max', 'mean', 'mean', 'mean', 'mean', 'mean', 'mean', 'mean'],
      history: HostHistoryDocument,
      historyArguments: { hostId },
      points: historyPoints,
      gauge: HostLiveDocument,
      gaugeArguments: { hostId },
      point: livePoint,
    },
    'host',
    active,
  );
}

function historyPoints({ systemHistory }: HostHistoryQuery): Point[] {
  return (systemHistory ?? []).map((point) => ({
    atMs: Date.parse(point.startsAt),
    values: [
      point.cpuPercent?.avg ?? null,
      point.cpuPercent?.max ?? null,
      point.memoryPercent?.avg ?? null,
      point.diskPercent?.avg ?? null,
      point.diskReadBytesPerSecond?.avg ?? null,
      point.diskWriteBytesPerSecond?.avg ?? null,
      point.networkReceivedBytesPerSecond?.avg ?? null,
      point.networkSentBytesPerSecond?.avg ?? null,
      point.cpuC?.avg ?? null,
    ],
  }));
}

/** The gauge counts the bytes of the network, and the history has their rates, so a point needs two samples. */
function livePoint(
  { systemMetrics: now }: HostLiveSubscription,
  previous: HostLiveSubscription | null,
): Point | null {
  if (previous === null) return null;
  const { network: before } = previous.systemMetrics;
  const ms = elapsedMs(previous.systemMetrics, now);
  return {
    atMs: Date.parse(now.sampledAt),
    values: [
      now.cpu.usedPercent,
      now.cpu.usedPercent,
      now.memory.usedPercent,
      now.disk.usedPercent,
      now.disk.readBytesPerSecond,
      now.disk.writeBytesPerSecond,
      rate(before.receivedBytes, now.network.receivedBytes, ms),
      rate(before.sentBytes, now.network.sentBytes, ms),
      now.temperature.cpuC,
    ],
  };
}
