import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { round } from '../../lib/round.ts';
import { singleFlightWithTimeout } from '../../lib/single-flight-with-timeout.ts';
import type { Source } from '../../sources/source.ts';
import { elsewhereProbe } from './elsewhere.ts';
import { hostSampled, type HostHealth, type HostSample } from './events.ts';
import { fileSystemReader } from './file-system.ts';
import { cpuPercent, diskSpeeds, diskUsage, memoryFigures, uptimeSeconds } from './figures.ts';
import { watchHealth } from './health.ts';
import { linuxProbe } from './linux.ts';
import type { CpuTimes, Disks, Network, Probe } from './probe.ts';

export interface HostSourceOptions {
  readonly hostId: string;
  readonly diskPath: string;
  /** Whether temperatures are monitored. */
  readonly temperature: boolean;
  readonly backgroundMs: number | null;
  /** The health that was stored last. Default: none, and the first sample is where it begins. */
  readonly health?: HostHealth | null;
  /** Sensors are asked at most this often. Default: 3 s. */
  readonly temperatureEveryMs?: number;
  /** Default: the one for this platform. */
  readonly probe?: Probe;
}

const TIMEOUT_MS = 5000;
/** The shortest time over which the share of busy time means something: ten ticks of the kernel's clock. */
const CPU_SPAN_MIN_MS = 100;
/** A mean over more than this is no news. */
const CPU_SPAN_MAX_MS = 60_000;
/** For a file system whose server is gone, and for slow sensors. */
const STUCK_AFTER_MS = 1000;
const NO_NETWORK: Network = {
  bytesSent: null,
  bytesRecv: null,
  packetsSent: null,
  packetsRecv: null,
  errorsIn: null,
  errorsOut: null,
};

/** This machine. What cannot be read is null in the sample; no machine is so odd that a sample fails. */
export function hostSource(options: HostSourceOptions): Source {
  const { hostId, diskPath, temperatureEveryMs = 3000 } = options;
  const probe = options.probe ?? (process.platform === 'linux' ? linuxProbe() : elsewhereProbe());
  const fileSystem = singleFlightWithTimeout(fileSystemReader(diskPath), STUCK_AFTER_MS);
  const sensors = singleFlightWithTimeout(() => probe.cpuTemperature(), STUCK_AFTER_MS);
  const health = watchHealth(options.health ?? null);
  let cpuBefore: (CpuTimes & { readonly at: number }) | null = null;
  let disksBefore: { readonly disks: Disks | null; readonly at: number } = { disks: null, at: 0 };
  let temperatureC: number | null = null;
  let temperatureAt = Number.NEGATIVE_INFINITY;

  async function readCpu(): Promise<typeof cpuBefore> {
    const times = await probe.cpuTimes();
    return times === null ? null : { ...times, at: performance.now() };
  }

  /** Since the sample before, or over a moment when that is too long ago. */
  async function cpu(signal: AbortSignal): Promise<Pick<HostSample['cpu'], 'percent' | 'cores'>> {
    let before = cpuBefore;
    if (before === null || performance.now() - before.at > CPU_SPAN_MAX_MS) before = await readCpu();
    const missingMs = before === null ? 0 : before.at + CPU_SPAN_MIN_MS - performance.now();
    if (missingMs > 0) await delay(missingMs, undefined, { signal });
    const after = await readCpu();
    cpuBefore = after;
    return {
      percent: before === null || after === null ? null : cpuPercent(before, after),
      cores: after?.cores ?? availableParallelism(),
    };
  }

  async function cpuTemperature(): Promise<number | null> {
    if (!options.temperature) return null;
    if (performance.now() - temperatureAt >= temperatureEveryMs) {
      temperatureAt = performance.now();
      const celsius = await sensors();
      temperatureC = celsius === null ? null : round(celsius, 2);
    }
    return temperatureC;
  }

  async function look(signal: AbortSignal): Promise<HostSample> {
    const [{ percent, cores }, blocks, cpuC] = await Promise.all([
      cpu(signal),
      fileSystem(),
      cpuTemperature(),
    ]);
    const { frequencyMhz, memory, disks, network } = await probe.read();
    const at = performance.now();
    const speeds = diskSpeeds(disksBefore.disks, disks, at - disksBefore.at);
    disksBefore = { disks, at };
    return {
      hostId,
      sampledAt: Date.now(),
      cpu: {
        percent,
        cores,
        frequencyMhz: frequencyMhz === null ? null : round(frequencyMhz, 2),
        ...loadAverages(),
      },
      memory: memoryFigures(memory),
      disk: { path: diskPath, ...diskUsage(blocks), ...speeds },
      network: network ?? NO_NETWORK,
      temperature: { cpuC },
      uptimeSeconds: uptimeSeconds(),
    };
  }

  return {
    name: 'host',
    feeds: [hostSampled.name],
    backgroundMs: options.backgroundMs,
    timeoutMs: TIMEOUT_MS,
    async sample(signal) {
      const sample = await look(signal);
      const change = health.look(sample);
      return {
        gauges: [{ topic: hostSampled, key: hostId, payload: sample, occurredAt: sample.sampledAt }],
        ...(change === null ? {} : { events: [change], recorded: health.recorded }),
      };
    },
  };
}

function loadAverages(): Pick<HostSample['cpu'], 'loadAverage1m' | 'loadAverage5m' | 'loadAverage15m'> {
  if (process.platform === 'win32') return { loadAverage1m: null, loadAverage5m: null, loadAverage15m: null };
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  return { loadAverage1m: round(one, 2), loadAverage5m: round(five, 2), loadAverage15m: round(fifteen, 2) };
}
