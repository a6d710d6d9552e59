import { describe, expect, test } from 'vitest';
import { valuesInPath } from './path-pattern.ts';

describe('valuesInPath', () => {
  test.each([
    ['/ws', '/ws', {}],
    ['/', '/', {}],
    ['/agents/{agent_id}/status', '/agents/pricing_agent/status', { agent_id: 'pricing_agent' }],
    ['/agents/{agent_id}/status', '/agents/a%2Fb%20c/status', { agent_id: 'a/b c' }],
    ['/{a}/{b}', '/1/2', { a: '1', b: '2' }],
  ])('matches the pattern %s with %s', (pattern, path, values) => {
    const found = valuesInPath(pattern, path);
    expect(found && Object.fromEntries(found)).toEqual(values);
  });

  test.each([
    ['/ws', '/ws/system'],
    ['/ws/system', '/ws'],
    ['/agents/{agent_id}/status', '/agents//status'],
    ['/agents/{agent_id}/status', '/agents/a/b/status'],
    ['/agents/{agent_id}/status', '/agents/a/Status'],
  ])('does not match the pattern %s with %s', (pattern, path) => {
    expect(valuesInPath(pattern, path)).toBeNull();
  });
});
