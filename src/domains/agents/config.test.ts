import { describe, expect, test } from 'vitest';
import { config, errors } from '../../../test/_util/config.ts';

describe('agents', () => {
  test('are listed in order, with the seconds until they are stale', () => {
    const { agents } = config({ AUTOOPS_AGENTS: ' b_agent, a-1 ,', AGENT_STALE_AFTER_S: '60' });
    expect(agents).toEqual({ ids: ['b_agent', 'a-1'], staleAfterMs: 60_000 });
  });

  test.each([',', 'Pricing', 'a b', 'a/b', 'a'.repeat(65), 'a,a'])(
    'are rejected when the list is %j',
    (text) => {
      expect(errors({ AUTOOPS_AGENTS: text })).toEqual([
        expect.stringMatching(/^AUTOOPS_AGENTS must .*, got "/),
      ]);
    },
  );
});
