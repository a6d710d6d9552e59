import { archmeshSettings } from './archmesh/settings.ts';
import { auraSettings } from './aura/settings.ts';
import { autoopsPort, autoopsSettings } from './autoops/settings.ts';
import { cryptoPort, cryptoSettings } from './crypto/settings.ts';
import { listenersSettings } from './listeners.ts';
import { mlopsPort, mlopsSettings } from './mlops/settings.ts';
import { servedSystemsSettings } from './served-systems.ts';

/** The settings of every old system. */
export const legacySettings = {
  servedSystems: servedSystemsSettings(['aura', 'autoops', 'crypto', 'archmesh', 'mlops']),
  legacyListeners: listenersSettings({ autoops: autoopsPort, crypto: cryptoPort, mlops: mlopsPort }),
  aura: auraSettings,
  autoops: autoopsSettings,
  crypto: cryptoSettings,
  archmesh: archmeshSettings,
  mlops: mlopsSettings,
};
