import { z } from 'zod';
import { entriesOf, headerValue, integer, serverUrl } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';
import type { ModelServerAddress } from './probe.ts';

const milestoneMax = 1_000_000_000;

const modelServers = z.string().transform((value, context) =>
  entriesOf(value, context, {
    rule: 'must be a comma-separated list of name=url, each an HTTP URL without a user or password',
    parse: (entry) => {
      const [, name, address = ''] = /^([a-z0-9][a-z0-9._-]*)\s*=\s*(.*)$/i.exec(entry) ?? [];
      const url = serverUrl.safeParse(address);
      return name === undefined || !url.success ? null : { name, url: url.data };
    },
    nameOf: ({ name }) => name,
  }),
);

/** The model servers to probe. */
export const modelSettings = section({
  title: 'Models',
  settings: {
    ollamaUrl: {
      env: 'OLLAMA_URL',
      type: serverUrl,
      default: 'http://127.0.0.1:11434',
      emptyIsNull: true,
      description: 'Address of Ollama. An empty value (OLLAMA_URL=) disables it.',
    },
    servers: {
      env: 'MODEL_SERVERS',
      type: modelServers,
      default: '',
      description:
        'OpenAI-compatible servers to probe, a comma-separated list of name=url. The key of a server is read from <NAME>_TOKEN: that of `github` from GITHUB_TOKEN.',
    },
    predictionMilestone: {
      env: 'PREDICTION_MILESTONE',
      type: integer(1, milestoneMax),
      default: '1000',
      description:
        'Interval between milestones. An event is sent when the number of predictions passes a multiple of it.',
    },
  },
  resolve({ ollamaUrl, servers: named, predictionMilestone }, context, { servers }) {
    if (ollamaUrl !== null && named.some(({ name }) => name === 'ollama'))
      context.reject(servers, 'must not list a server named ollama, which is the one at OLLAMA_URL');
    const addresses: ModelServerAddress[] = named.map(({ name, url }) => ({
      name,
      url,
      kind: 'OPENAI',
      key: context.secret(`${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN`, headerValue),
    }));
    if (ollamaUrl !== null) addresses.unshift({ name: 'ollama', url: ollamaUrl, kind: 'OLLAMA', key: null });
    return { servers: addresses, predictionMilestone };
  },
});
