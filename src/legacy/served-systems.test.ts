import { expect, test } from 'vitest';
import { config, errors } from '../../test/_util/config.ts';

test('all old systems are served by default, none with `none`, and otherwise those that are listed', () => {
  expect(config({}).servedSystems).toEqual(['aura', 'autoops', 'crypto', 'archmesh', 'mlops']);
  expect(config({ LEGACY_SYSTEMS: 'none' }).servedSystems).toEqual([]);
  expect(config({ LEGACY_SYSTEMS: 'MLOps, aura' }).servedSystems).toEqual(['mlops', 'aura']);
});

test.each(['aurora', 'all,aura', 'none,aura', 'aura,AURA'])('LEGACY_SYSTEMS=%s is rejected', (text) => {
  expect(errors({ LEGACY_SYSTEMS: text })).toEqual([expect.stringMatching(/^LEGACY_SYSTEMS must .*, got "/)]);
});
