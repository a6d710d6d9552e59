import {
  DeployedModelsDocument,
  ModelLiveDocument,
  ModelsDocument,
  ModelServerHistoryDocument,
} from '../documents.generated.ts';
import type { ModelServerSummaryFragment, ModelsQuery } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource } from '../data/chart-source.ts';
import { age, bytes, compact, count, milliseconds, perSecond, ratio, words } from '../data/format.ts';
import { nodesOf, upsert } from '../data/lists.ts';
import { msSince, since } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { levelOf, State, Status, type Level } from '../ui/state.tsx';

function useModels(active: boolean) {
  return useResource(
    {
      document: ModelsDocument,
      variables: {},
      everyMs: 15_000, // the servers have no subscription
      live: [
        live({
          document: ModelLiveDocument,
          variables: () => ({}),
          apply: (data: ModelsQuery, { modelStatus }): ModelsQuery => ({
            ...data,
            models: upsert(data.models ?? [], [modelStatus], { key: ({ modelId }) => modelId, append: true }),
          }),
        }),
      ],
    },
    active,
  ).reading;
}

function levelOfServer({ reachable }: ModelServerSummaryFragment): Level {
  return reachable === null ? 'unknown' : reachable ? 'ok' : 'critical';
}

function NoModels({ servers }: { servers: readonly ModelServerSummaryFragment[] }) {
  if (servers.length === 0)
    return (
      <p>
        No model server is configured. Set <code>OLLAMA_URL</code>, or <code>MODEL_SERVERS</code> for servers
        with the API of OpenAI.
      </p>
    );
  return (
    <>
      {servers.map((server) => (
        <p key={server.name}>
          {server.reachable === true
            ? `${server.name} has no model: `
            : `${server.name} does not respond at ${server.url}. `}
          {server.reachable === true ? (
            <code>ollama pull llama3.2</code>
          ) : (
            'Start it, or set OLLAMA_URL to its address.'
          )}
        </p>
      ))}
    </>
  );
}

export function ModelsCard() {
  const panel = usePanel();
  const reading = useModels(panel.active);
  const { models, modelServers } = reading.value.value ?? {};
  const all = models ?? [];
  const loaded = all.filter(({ status }) => status === 'LOADED');
  return (
    <Panel
      panel={panel}
      title="Models"
      view="models"
      reading={reading.value}
      class="card"
      missing={models == null}
      empty={
        reading.value.value !== null && all.length === 0 ? <NoModels servers={modelServers ?? []} /> : null
      }
    >
      <div class="headline">
        <strong>{loaded.length}</strong>
        <small>of {all.length} loaded</small>
      </div>
      <ul class="lines">
        {all
          .toSorted((a, b) => Number(b.status === 'LOADED') - Number(a.status === 'LOADED'))
          .slice(0, 4)
          .map((model) => (
            <li key={model.modelId}>
              <State
                level={model.status === 'UNLOADED' ? 'unknown' : levelOf(model.status)}
                label={words(model.status)}
              />
              <span class="name">{model.name}</span>
              <span>{model.status === 'LOADED' ? bytes(model.memoryUsedBytes) : words(model.status)}</span>
            </li>
          ))}
      </ul>
    </Panel>
  );
}

export function ModelsView() {
  const panel = usePanel<HTMLDivElement>();
  const reading = useModels(panel.active);
  const { models, modelServers } = reading.value.value ?? {};
  const servers = modelServers ?? [];
  return (
    <div class="view" ref={panel.ref}>
      <Panel
        title="Models"
        reading={reading.value}
        empty={models?.length === 0 ? <NoModels servers={servers} /> : null}
      >
        <Table
          caption="Models"
          rows={models ?? []}
          id={({ modelId }) => modelId}
          columns={[
            { title: 'Model', cell: ({ name }) => name },
            {
              title: 'Status',
              cell: ({ status }) =>
                status === 'UNLOADED' ? (
                  <Status status={status} level="unknown" />
                ) : (
                  <Status status={status} />
                ),
            },
            { title: 'Server', cell: ({ serverName }) => serverName },
            { title: 'Memory', number: true, cell: ({ memoryUsedBytes }) => bytes(memoryUsedBytes) },
            { title: 'Tokens/s', number: true, cell: ({ tokensPerSecond }) => compact(tokensPerSecond) },
            {
              title: 'Inference',
              number: true,
              cell: ({ inferenceTimeMs }) => milliseconds(inferenceTimeMs),
            },
            { title: 'Sessions', number: true, cell: ({ activeSessionCount }) => count(activeSessionCount) },
            { title: 'Seen', number: true, cell: ({ updatedAt }) => age(msSince(updatedAt)) },
          ]}
        />
      </Panel>
      <section class="charts" aria-label="Model servers">
        {servers.map((server) => (
          <ServerChart key={server.name} server={server} active={panel.active} />
        ))}
      </section>
      <DeployedModels active={panel.active} />
    </div>
  );
}

function ServerChart({ server, active }: { server: ModelServerSummaryFragment; active: boolean }) {
  const series = useChartSource(
    {
      lines: ['mean'],
      history: ModelServerHistoryDocument,
      historyArguments: { server: server.name },
      points: ({ modelServerHistory }) =>
        (modelServerHistory ?? []).map(({ startsAt: at, responseTimeMs }) => ({
          atMs: Date.parse(at),
          values: [responseTimeMs?.avg ?? null],
        })),
      gauge: null,
      gaugeArguments: {},
      point: () => null,
    },
    'model server',
    active,
  );
  return (
    <div>
      <p class="server-line">
        <State
          level={levelOfServer(server)}
          label={server.reachable === true ? 'reachable' : 'not reachable'}
        />{' '}
        <b>{server.name}</b>{' '}
        <span>
          {words(server.kind)} at {server.url}
        </span>
        {server.errorMessage === null ? null : <span class="warning-text">{server.errorMessage}</span>}
      </p>
      <Chart
        title="Response"
        data={series}
        lines={[{ label: server.name, color: '--series-2', fill: true }]}
        format={milliseconds}
      />
    </div>
  );
}

function DeployedModels({ active }: { active: boolean }) {
  const { reading } = useResource(
    { document: DeployedModelsDocument, variables: {}, everyMs: 5_000 },
    active,
  );
  const models = nodesOf(reading.value.value?.deployedModels);
  return (
    <Panel
      title="Deployed models"
      reading={reading.value}
      empty={
        models.length === 0 ? (
          <p>
            No deployment was reported yet. Run <code>npm run demo</code>, or POST a{' '}
            <code>modelDeployed</code> event to <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <Table
        caption="Deployed models"
        rows={models}
        id={({ modelId }) => modelId}
        columns={[
          {
            title: 'Model',
            cell: ({ modelName, modelId, isCurrent }) => (
              <>
                {modelName ?? modelId} {isCurrent ? <span class="tag">current</span> : null}
              </>
            ),
          },
          { title: 'Status', cell: ({ operationalStatus }) => <Status status={operationalStatus} /> },
          { title: 'Version', number: true, cell: ({ modelVersion }) => modelVersion ?? '–' },
          { title: 'Accuracy', number: true, cell: ({ accuracy }) => ratio(accuracy) },
          { title: 'Health', number: true, cell: ({ healthScore }) => ratio(healthScore) },
          {
            title: 'Predictions',
            number: true,
            cell: ({ predictionCount, predictionsPerMinute: perMinute }) => (
              <span title={`Mean of the last minute; ${count(predictionCount)} so far`}>
                {perSecond(perMinute === null ? null : perMinute / 60)}
              </span>
            ),
          },
          { title: 'Deployed', number: true, cell: ({ deployedAt }) => since(deployedAt, '–') },
        ]}
      />
    </Panel>
  );
}
