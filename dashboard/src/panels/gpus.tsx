import { GpuHistoryDocument, GpuLiveDocument, GpusDocument } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource, useLines } from '../data/chart-source.ts';
import { bytes, celsius, percent, watts } from '../data/format.ts';
import { overall } from '../data/overall.ts';
import { useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';

/** The GPUs of a host, each with its charts. Nothing where there is none and none is looked for. */
export function GpuCharts({ hostId }: { hostId: string | null }) {
  const panel = usePanel();
  const { reading } = useResource(
    { document: GpusDocument, variables: { hostId }, everyMs: 60_000 },
    panel.active,
  );
  const gpus = reading.value.value?.gpus ?? [];
  const isOn = overall.value.value?.config?.features.some(
    ({ name, enabled }) => name === 'ENABLE_GPU_MONITORING' && enabled,
  );
  const empty =
    gpus.length > 0 ? null : isOn === true ? (
      <p>No GPU: nvidia-smi does not respond on this host.</p>
    ) : (
      <p>
        GPUs are not monitored. Start the server with <code>ENABLE_GPU_MONITORING=true</code>.
      </p>
    );
  return (
    <Panel panel={panel} title="GPUs" reading={reading.value} empty={empty} class="gpus">
      {gpus.map(({ index, name, memoryTotalBytes }) => (
        <OneGpu
          key={index}
          hostId={hostId}
          index={index}
          name={`GPU ${index}${name === null ? '' : `: ${name}`}`}
          memoryTotalBytes={memoryTotalBytes}
          active={panel.active}
        />
      ))}
    </Panel>
  );
}

interface GpuProps {
  readonly hostId: string | null;
  readonly index: number;
  readonly name: string;
  readonly memoryTotalBytes: number | null;
  readonly active: boolean;
}

function OneGpu({ hostId, index, name, memoryTotalBytes, active }: GpuProps) {
  const series = useChartSource(
    {
      lines: ['mean', 'mean', 'mean', 'mean'],
      history: GpuHistoryDocument,
      historyArguments: { hostId, index },
      points: ({ gpuHistory }) =>
        (gpuHistory ?? []).map(({ startsAt: at, busyPercent, memoryUsedBytes, temperatureC, powerW }) => ({
          atMs: Date.parse(at),
          values: [busyPercent, memoryUsedBytes, temperatureC, powerW].map((value) => value?.avg ?? null),
        })),
      gauge: GpuLiveDocument,
      gaugeArguments: { hostId },
      point: ({ gpuMetrics }) => {
        const gpu = gpuMetrics.gpus.find((one) => one.index === index);
        if (gpu === undefined) return null;
        const { busyPercent, memoryUsedBytes, temperatureC, powerW } = gpu;
        return {
          atMs: Date.parse(gpuMetrics.sampledAt),
          values: [busyPercent, memoryUsedBytes, temperatureC, powerW],
        };
      },
    },
    `gpu ${index}`,
    active,
  );
  const subject = { hostId: hostId ?? overall.value.value?.config?.hostId ?? '' };
  const busy = useLines(series, 0);
  const memory = useLines(series, 1);
  const temperature = useLines(series, 2);
  const power = useLines(series, 3);
  return (
    <div class="charts">
      <Chart
        title={name}
        data={busy}
        lines={[{ label: 'busy', color: '--series-1', fill: true }]}
        format={percent}
        max={100}
        subject={subject}
      />
      <Chart
        title="GPU memory"
        data={memory}
        lines={[{ label: 'used', color: '--series-2', fill: true }]}
        format={bytes}
        subject={subject}
        {...(memoryTotalBytes === null ? {} : { max: memoryTotalBytes })}
      />
      <Chart
        title="GPU temperature"
        data={temperature}
        lines={[{ label: 'GPU', color: '--series-5' }]}
        format={celsius}
        subject={subject}
      />
      <Chart
        title="GPU power"
        data={power}
        lines={[{ label: 'drawn', color: '--series-4' }]}
        format={watts}
        subject={subject}
      />
    </div>
  );
}
