import { expect, test } from 'vitest';
import { camelCase } from './camel-case.ts';

test('camelCase joins the letters and digits of texts', () => {
  expect(camelCase('GET', '/api/agents/{agent_id}/status-2')).toBe('getApiAgentsAgentIdStatus2');
  expect(camelCase('aura', '/ws/models', 'send')).toBe('auraWsModelsSend');
  expect(camelCase('', '/')).toBe('');
});
