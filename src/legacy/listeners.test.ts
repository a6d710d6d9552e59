import { describe, expect, test } from 'vitest';
import { config, errors } from '../../test/_util/config.ts';

describe('the listeners of old systems', () => {
  test('are on every old port with `all`', () => {
    expect(config({ LEGACY_LISTENERS: 'all' }).legacyListeners).toEqual([
      { name: 'autoops', port: 8000 },
      { name: 'crypto', port: 7860 },
      { name: 'mlops', port: 8001 },
    ]);
  });

  test('are those that the setting lists, on their default or given ports', () => {
    expect(config({ LEGACY_LISTENERS: 'crypto:7000, MLOps ,autoops:0' }).legacyListeners).toEqual([
      { name: 'crypto', port: 7000 },
      { name: 'mlops', port: 8001 },
      { name: 'autoops', port: 0 },
    ]);
  });

  test.each(['aura', 'crypto:', 'crypto:70000', 'crypto:-1', 'crypto=80', 'all,crypto'])(
    'are rejected when they are %s',
    (text) => {
      expect(errors({ LEGACY_LISTENERS: text })).toEqual([
        expect.stringMatching(/^LEGACY_LISTENERS must be all or .*, got "/),
      ]);
    },
  );

  test('are rejected when one is listed twice or two share a port', () => {
    expect(errors({ LEGACY_LISTENERS: 'crypto,crypto:1' })).toEqual([
      'LEGACY_LISTENERS must not list the same name twice, got "crypto"',
    ]);
    expect(errors({ LEGACY_LISTENERS: 'crypto:8000,autoops' })).toEqual([
      'LEGACY_LISTENERS opens port 8000 for autoops, which LEGACY_LISTENERS for crypto already opens: remove one of them',
    ]);
    expect(errors({ PORT: '8000', LEGACY_LISTENERS: 'all' })).toEqual([
      'LEGACY_LISTENERS opens port 8000 for autoops, which PORT already opens: remove one of them',
    ]);
  });
});
