import {
  DeployedModelsDocument,
  ModelLiveDocument,
  ModelsDocument,
  ModelServerHistoryDocument,
} from '../documents.generated.ts';
import type { ModelServerSummaryFragment, ModelsQuery } from '../documents.generated.ts';
import { Chart } from '../charts/chart.tsx';
import { useChartSource } from '../data/chart-source.ts';
import { age, ago, bytes, compact, count, milliseconds, ratio, words } from '../data/format.ts';
import { nodesOf, upsert } from '../data/lists.ts';
import { msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { levelOf, State, type Level } from '../ui/state.tsx';

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
        <div class="scroll">
          <table>
            <caption class="hidden">Models</caption>
            <thead>
              <tr>
                <th>Model</th>
                <th>Status</th>
                <th>Server</th>
                <th class="number">Memory</th>
                <th class="number">Tokens/s</th>
                <th class="number">Inference</th>
                <th class="number">Sessions</th>
                <th class="number">Seen</th>
              </tr>
            </thead>
            <tbody>
              {(models ?? []).map((model) => (
                <tr key={model.modelId}>
                  <th scope="row">{model.name}</th>
                  <td>
                    <State level={model.status === 'UNLOADED' ? 'unknown' : levelOf(model.status)} />{' '}
                    {words(model.status)}
                  </td>
                  <td>{model.serverName}</td>
                  <td class="number">{bytes(model.memoryUsedBytes)}</td>
                  <td class="number">{compact(model.tokensPerSecond)}</td>
                  <td class="number">{milliseconds(model.inferenceTimeMs)}</td>
                  <td class="number">{count(model.activeSessionCount)}</td>
                  <td class="number">{age(msSince(model.updatedAt))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
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
            No deployment was reported yet: <code>npm run demo</code>, or POST a <code>modelDeployed</code>{' '}
            event to <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <div class="scroll">
        <table>
          <caption class="hidden">Deployed models</caption>
          <thead>
            <tr>
              <th>Model</th>
              <th>Status</th>
              <th class="number">Version</th>
              <th class="number">Accuracy</th>
              <th class="number">Health</th>
              <th class="number">Predictions</th>
              <th class="number">Per minute</th>
              <th class="number">Deployed</th>
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model.modelId}>
                <th scope="row">
                  {model.modelName ?? model.modelId}{' '}
                  {model.isCurrent ? <span class="tag">current</span> : null}
                </th>
                <td>
                  <State level={levelOf(model.operationalStatus)} /> {words(model.operationalStatus)}
                </td>
                <td class="number">{model.modelVersion ?? '–'}</td>
                <td class="number">{ratio(model.accuracy)}</td>
                <td class="number">{ratio(model.healthScore)}</td>
                <td class="number">{compact(model.totalPredictions)}</td>
                <td class="number">{compact(model.predictionsPerMinute)}</td>
                <td class="number">{model.deployedAt === null ? '–' : ago(msSince(model.deployedAt))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
