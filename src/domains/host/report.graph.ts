import { exposedInput } from '../../graph/exposed-input.ts';
import { producerGauge } from '../../graph/producer-event.ts';
import { requireNotNegative, requirePercent, requireRange } from '../../graph/reported-values.ts';
import type { Gpu, GpuSample } from '../gpu/events.ts';
import { gpuFields } from '../gpu/graph.ts';
import { hostReported, type HostInfo, type HostSample } from './events.ts';
import {
  cpuFields,
  diskFields,
  infoFields,
  memoryFields,
  networkFields,
  temperatureFields,
} from './fields.graph.ts';

/** The member `host` of `publish`, by which host agents report samples of their hosts. */

const text = { chars: 256 } as const;
const gpusMax = 64;
const intervalMs = { min: 1_000, max: 3_600_000, default: 10_000 } as const;

const Info = exposedInput<Omit<HostInfo, 'hostId'>>(
  'HostInfoInput',
  'Properties of a host.',
  infoFields,
  text,
);
const Cpu = exposedInput<HostSample['cpu']>('CpuInput', 'Processors of a host.', cpuFields, text);
const Memory = exposedInput<HostSample['memory']>('MemoryInput', 'Memory of a host.', memoryFields, text);
const Disk = exposedInput<HostSample['disk']>(
  'DiskInput',
  'Usage of a file system of a host, and the throughput of all its disks.',
  diskFields,
  text,
);
const Network = exposedInput<HostSample['network']>(
  'NetworkInput',
  'Traffic over all network interfaces since the host started.',
  networkFields,
  text,
);
const Temperature = exposedInput<HostSample['temperature']>(
  'TemperatureInput',
  'Temperatures of a host.',
  temperatureFields,
  text,
);
const GpuInput = exposedInput<Gpu>('GpuInput', 'A sample of an NVIDIA GPU.', gpuFields, text);

/** Checks the numbers of a part by their names. */
function checked<Part extends object>(path: string, part: Part): Part {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value !== 'number') continue;
    if (/percent$/i.test(name)) requirePercent(`${path}.${name}`, value);
    else if (name === 'cpuC' || name === 'temperatureC')
      requireRange(`${path}.${name}`, value, -273.15, 1_000);
    else requireNotNegative(`${path}.${name}`, value);
  }
  return part;
}

producerGauge('host', {
  description: 'A sample of a host. `opsgraph agent` reports them.',
  inputDescription:
    'A sample of a host, by a host agent on it. The first subject that reports a host owns its id.',
  topic: hostReported,
  instant: {
    name: 'sampledAt',
    description:
      'When the sample was taken. A sample that is older than the newest one is only added to the history.',
  },
  fields: (t) => ({
    hostId: t.id({
      required: true,
      bounds: { chars: [1, 253] },
      description: 'Id of the host: its hostname. Not that of the host of this server, which samples itself.',
    }),
    intervalMs: t.int({
      description:
        `Planned time to the next sample, in milliseconds, ${intervalMs.min} to ${intervalMs.max}. Default: ` +
        `${intervalMs.default}. A host is offline when three times this, and at least REPORTED_HOST_OFFLINE_AFTER_S, have passed without a report.`,
    }),
    info: t.field({ type: Info.type, required: true, description: 'Properties of the host.' }),
    cpu: t.field({ type: Cpu.type, required: true, description: 'CPU usage and load.' }),
    memory: t.field({ type: Memory.type, required: true, description: 'Memory and swap usage.' }),
    disk: t.field({ type: Disk.type, required: true, description: 'Disk usage and throughput.' }),
    network: t.field({
      type: Network.type,
      required: true,
      description: 'Network traffic since the host started.',
    }),
    temperature: t.field({
      type: Temperature.type,
      description: 'What the temperature sensors of the host read.',
    }),
    uptimeMs: t.float({ description: 'Milliseconds since the host started.' }),
    gpus: t.field({
      type: [GpuInput.type],
      bounds: { items: [0, gpusMax] },
      description: 'GPUs by index. Default: GPUs are not monitored.',
    }),
    gpusReason: t.string({
      bounds: text,
      description: 'Why the GPUs are not available, for people. Default: they are available.',
    }),
  }),
  gauge: ({ hostId, uptimeMs, gpus, gpusReason, ...given }, { viewer }, sampledAt) => {
    const interval = given.intervalMs ?? intervalMs.default;
    requireRange('intervalMs', interval, intervalMs.min, intervalMs.max);
    requireNotNegative('uptimeMs', uptimeMs);
    const sample: HostSample = {
      hostId,
      sampledAt,
      cpu: checked('cpu', Cpu.read(given.cpu)),
      memory: checked('memory', Memory.read(given.memory)),
      disk: checked('disk', Disk.read(given.disk)),
      network: checked('network', Network.read(given.network)),
      temperature: checked('temperature', Temperature.read(given.temperature ?? {})),
      uptimeMs,
    };
    const gpu: GpuSample | null = gpus && {
      hostId,
      sampledAt,
      available: gpusReason === null,
      reason: gpusReason,
      gpus: gpus.map((one, index) => checked(`gpus[${index}]`, GpuInput.read(one))),
    };
    return {
      key: hostId,
      payload: {
        hostId,
        info: { hostId, ...checked('info', Info.read(given.info)) },
        sample,
        gpu,
        intervalMs: interval,
        reportedBy: viewer.subject,
        receivedAt: Date.now(),
      },
    };
  },
});
