import { hostIdArgument } from '../gpu/graph.ts';
import { historyLink, sampledHistory } from '../history/graph.ts';
import { Host } from './graph.ts';
import { readHistories, type HistoryNumber } from './store.ts';

/** Unit and description of each number. */
const numbers: Readonly<Record<HistoryNumber, readonly [unit: string, description: string]>> = {
  cpuPercent: ['percent', 'CPU usage, 0 to 100.'],
  memoryPercent: ['percent', 'Memory usage, 0 to 100.'],
  diskPercent: ['percent', 'Disk usage, 0 to 100.'],
  diskReadBytesPerSecond: ['bytes/s', 'Read throughput of all disks.'],
  diskWriteBytesPerSecond: ['bytes/s', 'Write throughput of all disks.'],
  networkSentBytesPerSecond: ['bytes/s', 'Throughput of sent data, between two samples.'],
  networkReceivedBytesPerSecond: ['bytes/s', 'Throughput of received data, between two samples.'],
  cpuC: ['°C', 'Temperature of the hottest processor.'],
};

const systemHistory = sampledHistory('systemHistory', {
  type: 'SystemHistoryPoint',
  of: 'a host',
  args: hostIdArgument,
  subject: (
    { hostId }: { hostId?: string | null | undefined },
    { serverInfo }: { readonly serverInfo: { readonly hostId: string } },
  ): string => hostId ?? serverInfo.hostId,
  source: 'the table host_samples, with a sample about every 10 seconds, retained for RETENTION_DAYS',
  numbers: new Map(
    Object.entries(numbers).map(([name, [unit, description]]) => [name, { path: name, unit, description }]),
  ),
  read: readHistories,
});

historyLink(Host, systemHistory, ({ hostId }) => hostId);
