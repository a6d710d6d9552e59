import type { Sample, Source } from '../../sources/source.ts';
import { providerStatusSampled, providerSummarySampled } from './events.ts';

const timeoutMs = 5_000;

/** How every provider is, while somebody reads it: limits begin anew and rows grow old without any event. */
export function providersSource(options: { readonly look: () => Promise<Sample['gauges']> }): Source {
  return {
    name: 'providers',
    feeds: [providerSummarySampled.name, providerStatusSampled.name],
    backgroundMs: null,
    timeoutMs,
    sample: async () => ({ gauges: await options.look() }),
  };
}
