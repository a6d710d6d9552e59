import { ollamaProbe } from '../../domains/models/ollama.ts';
import { openAiProbe } from '../../domains/models/openai.ts';
import { ProviderClient } from '../../domains/providers/client.ts';
import { modelSettings } from '../../domains/models/config.ts';
import type { Config } from '../../settings.ts';
import { ok, warning, type Finding } from './finding.ts';
import { reasonOf } from './access.ts';

const probeMs = 10_000;

/** The model servers, as the server probes them. None of them is needed to start. */
export function checkModelServers({ models, features }: Config): Promise<Finding[]> {
  if (!features.FEATURE_AI_SYSTEM_PANEL)
    return Promise.resolve([ok('model servers', 'off (FEATURE_AI_SYSTEM_PANEL=false)')]);
  if (models.servers.length === 0)
    return Promise.resolve([ok('model servers', 'none configured (MODEL_SERVERS)')]);
  return Promise.all(
    models.servers.map(async (server): Promise<Finding> => {
      const name = `model server ${server.name}`;
      const variable = server.kind === 'OLLAMA' ? 'OLLAMA_URL' : 'MODEL_SERVERS';
      const probe = server.kind === 'OLLAMA' ? ollamaProbe(server) : openAiProbe(server);
      try {
        const found = await probe(AbortSignal.timeout(probeMs));
        return ok(name, `${found.length} models at ${server.url}`);
      } catch (error) {
        const isDefault = server.url === modelSettings.settings.ollamaUrl.default;
        const todo = isDefault
          ? 'Start Ollama, or set OLLAMA_URL= if there is none.'
          : `Start it, or correct ${variable}; its models are shown as offline until then.`;
        return (isDefault ? quiet : warning)(name, `${server.url}: ${reasonOf(error)}`, todo);
      }
    }),
  );
}

/** Ollama is probed by default, so most machines without it have nothing to do. */
function quiet(name: string, found: string, todo: string): Finding {
  return { ...ok(name, found), todo };
}

/** The data providers: one request to each, as a probe sends it. */
export async function checkProviders({ providers }: Config): Promise<Finding[]> {
  if (providers.length === 0) return [ok('data providers', 'none configured (PROVIDERS_FILE)')];
  await using client = new ProviderClient();
  const outcomes = await Promise.all(
    providers.map(async (settings): Promise<Finding> => {
      const name = `provider ${settings.name}`;
      const signal = AbortSignal.timeout(settings.timeoutMs + probeMs);
      const outcome = await client.get(settings, { url: settings.healthCheckUrl, wantsBody: false, signal });
      if (outcome?.status === 'SUCCESS')
        return ok(name, `answers in ${Math.round(outcome.responseTimeMs ?? 0)} ms`);
      const reason = outcome?.errorMessage ?? 'no answer in time';
      const key = settings.requiresKey && settings.apiKey === null ? ' Set the variable of api_key_env.' : '';
      return warning(name, reason, `Correct its entry in PROVIDERS_FILE, or remove it.${key}`);
    }),
  );
  return outcomes;
}
