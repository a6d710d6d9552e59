import { describe, expect, test } from 'vitest';
import { config, errors } from '../../../test/_util/config.ts';

describe('the settings of agents', () => {
  test('contain the ids in the given order and the time until an agent is offline', () => {
    const { agents } = config({ AUTOOPS_AGENTS: ' b_agent, a-1 ,', AGENT_STALE_AFTER_S: '60' });
    expect(agents).toEqual({ ids: ['b_agent', 'a-1'], max: 256, staleAfterMs: 60_000 });
  });

  test.each([',', 'Pricing', 'a b', 'a/b', 'a'.repeat(65), 'a,a'])(
    'do not accept AUTOOPS_AGENTS=%j',
    (text) => {
      expect(errors({ AUTOOPS_AGENTS: text })).toEqual([
        expect.stringMatching(/^AUTOOPS_AGENTS must .*, got "/),
      ]);
    },
  );
});
