import { headerValue, modelServers, serverUrl } from './values.ts';
import type { Variables } from './variables.ts';

export interface ModelServer {
  readonly name: string;
  /** Without a trailing slash. */
  readonly url: string;
  readonly key: string | null;
}

export interface ModelsConfig {
  /** null: off. */
  readonly ollamaUrl: string | null;
  readonly servers: readonly ModelServer[];
}

const DEFAULT_OLLAMA_URL = 'http://127.0.0.1:11434';

/** The model servers that are to be asked. */
export function readModels(vars: Variables): ModelsConfig {
  // Empty means off here, so it is the one variable where empty is not the same as absent.
  const off = vars.raw('OLLAMA_URL')?.trim() === '';
  const ollamaUrl = off ? null : vars.read('OLLAMA_URL', serverUrl, DEFAULT_OLLAMA_URL);
  const servers = vars.read('MODEL_SERVERS', modelServers, []).map(({ name, url }) => ({
    name,
    url,
    key: vars.secret(`${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN`, headerValue),
  }));
  if (ollamaUrl !== null && servers.some(({ name }) => name === 'ollama')) {
    vars.mistakes.push('MODEL_SERVERS must not name a server ollama: that is the one at OLLAMA_URL');
  }
  return { ollamaUrl, servers };
}
