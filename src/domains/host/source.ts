import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { round } from '../../lib/round.ts';
import { singleFlightWithTimeout } from '../../lib/single-flight-with-timeout.ts';
import type { Source } from '../../sources/source.ts';
import { hostSampled, type HostHealth, type HostSample } from './events.ts';
import { fileSystemReader } from './file-system.ts';
import { trackHealth } from './health.ts';
import { uptimeMs } from './host-info.ts';
import { linuxProbe } from './linux-probe.ts';
import type { CpuTimes, Disks, Probe } from './probe.ts';
import { cpuPercent, diskSpeeds, diskUsage, memoryUsage } from './sample-values.ts';
import { systeminformationProbe } from './systeminformation-probe.ts';

export interface HostSourceOptions {
  readonly hostId: string;
  readonly diskPath: string;
  /** Whether temperatures are monitored. */
  readonly temperature: boolean;
  readonly backgroundMs: number | null;
  /** The health in the last stored event. Default: none; the first sample sets the initial health. */
  readonly health?: HostHealth | null;
  /** The minimum interval between reads of the sensors. Default: 3 s. */
  readonly temperatureEveryMs?: number;
  /** Default: the probe for this platform. */
  readonly probe?: Probe;
}

const timeoutMs = 5_000;
/** The minimum time between two reads of the CPU times: ten ticks of the kernel's clock. */
const cpuSpanMinMs = 100;
/** A mean over more than this is out of date. */
const cpuSpanMaxMs = 60_000;
/** A file system whose server is unreachable, or a slow sensor, delays a sample by this at most. */
const hangingAfterMs = 1_000;
const unknownNetwork: HostSample['network'] = {
  sentBytes: null,
  receivedBytes: null,
  sentPacketCount: null,
  receivedPacketCount: null,
  receiveErrorCount: null,
  sendErrorCount: null,
};

/** Samples this machine. Values that cannot be read are null; no missing file or sensor makes a sample fail. */
export function hostSource(options: HostSourceOptions): Source {
  const { hostId, diskPath, backgroundMs, temperatureEveryMs = 3_000 } = options;
  const probe = options.probe ?? (process.platform === 'linux' ? linuxProbe() : systeminformationProbe());
  const readFileSystem = singleFlightWithTimeout(fileSystemReader(diskPath), hangingAfterMs);
  const readSensors = singleFlightWithTimeout(() => probe.cpuTemperature(), hangingAfterMs);
  const health = trackHealth(options.health ?? null);
  let previousCpu: (CpuTimes & { readonly at: number }) | null = null;
  let previousDisks: { readonly disks: Disks | null; readonly at: number } = { disks: null, at: 0 };
  let temperatureC: number | null = null;
  let temperatureAt = Number.NEGATIVE_INFINITY;

  async function readCpu(): Promise<typeof previousCpu> {
    const times = await probe.cpuTimes();
    return times === null ? null : { ...times, at: performance.now() };
  }

  /** The usage since the previous sample, or over `cpuSpanMinMs` if there is no recent one. */
  async function cpu(signal: AbortSignal): Promise<Pick<HostSample['cpu'], 'usedPercent' | 'coreCount'>> {
    let before = previousCpu;
    if (before === null || performance.now() - before.at > cpuSpanMaxMs) before = await readCpu();
    const waitMs = before === null ? 0 : before.at + cpuSpanMinMs - performance.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal });
    const after = await readCpu();
    previousCpu = after;
    return {
      usedPercent: before === null || after === null ? null : cpuPercent(before, after),
      coreCount: after?.coreCount ?? availableParallelism(),
    };
  }

  async function cpuTemperature(): Promise<number | null> {
    if (!options.temperature) return null;
    if (performance.now() - temperatureAt >= temperatureEveryMs) {
      temperatureAt = performance.now();
      const celsius = await readSensors();
      temperatureC = celsius === null ? null : round(celsius, 2);
    }
    return temperatureC;
  }

  async function sampleHost(signal: AbortSignal): Promise<HostSample> {
    const [{ usedPercent, coreCount }, blocks, cpuC] = await Promise.all([
      cpu(signal),
      readFileSystem(),
      cpuTemperature(),
    ]);
    const { frequencyMhz, memory, disks, network } = await probe.read();
    const at = performance.now();
    const speeds = diskSpeeds(previousDisks.disks, disks, at - previousDisks.at);
    previousDisks = { disks, at };
    return {
      hostId,
      sampledAt: Date.now(),
      cpu: {
        usedPercent,
        coreCount,
        frequencyMhz: frequencyMhz === null ? null : round(frequencyMhz, 2),
        ...loadAverages(),
      },
      memory: memoryUsage(memory),
      disk: { path: diskPath, ...diskUsage(blocks), ...speeds },
      network: network ?? unknownNetwork,
      temperature: { cpuC },
      uptimeMs: uptimeMs(),
    };
  }

  return {
    name: 'host',
    lease: `host/${hostId}`, // several instances may run on one machine
    feeds: [hostSampled.name],
    backgroundMs,
    timeoutMs,
    async sample(signal) {
      const sample = await sampleHost(signal);
      const change = health.update(sample);
      return {
        gauges: [{ topic: hostSampled, key: hostId, payload: sample, occurredAt: sample.sampledAt }],
        ...(change === null ? {} : { events: [change], recorded: health.recorded }),
      };
    },
  };
}

function loadAverages(): Pick<HostSample['cpu'], 'loadAverage1m' | 'loadAverage5m' | 'loadAverage15m'> {
  const [one = null, five = null, fifteen = null] =
    process.platform === 'win32' ? [] : loadavg().map((load) => round(load, 2));
  return { loadAverage1m: one, loadAverage5m: five, loadAverage15m: fifteen };
}
