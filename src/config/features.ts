import { flag } from './parsers.ts';
import { section } from './setting.ts';

function feature(env: string, byDefault: 'true' | 'false', description: string) {
  return { env, type: flag, default: byDefault, description } as const;
}

/** Switches. A disabled feature answers FEATURE_DISABLED. Clients see the switches by the names of their variables. */
export const featureSettings = section({
  title: 'Features',
  prefix: 'FEATURE_',
  settings: {
    FEATURE_SYSTEM_MONITORING: feature(
      'FEATURE_SYSTEM_MONITORING',
      'true',
      'Monitor CPU, memory, disk and network of the host.',
    ),
    FEATURE_DATABASE_MONITORING: feature('FEATURE_DATABASE_MONITORING', 'true', 'Monitor the database.'),
    FEATURE_REAL_TIME_UPDATES: feature(
      'FEATURE_REAL_TIME_UPDATES',
      'true',
      'Serve the feeds /ws/system, /ws/models, /ws/governance and /ws/database.',
    ),
    FEATURE_WEBSOCKET_FALLBACK: feature(
      'FEATURE_WEBSOCKET_FALLBACK',
      'true',
      'Serve the endpoints that clients without a WebSocket poll.',
    ),
    FEATURE_GOVERNANCE_PANEL: feature('FEATURE_GOVERNANCE_PANEL', 'true', 'Serve roles and the audit log.'),
    FEATURE_AI_SYSTEM_PANEL: feature(
      'FEATURE_AI_SYSTEM_PANEL',
      'true',
      'Probe and serve models and model servers.',
    ),
    FEATURE_INTELLIGENCE_ARENA: feature(
      'FEATURE_INTELLIGENCE_ARENA',
      'true',
      'Has no effect; clients see the value.',
    ),
    FEATURE_OMNI_MONITOR: feature('FEATURE_OMNI_MONITOR', 'true', 'Serve the list of WebSocket connections.'),
    FEATURE_CHAT_OPTIMIZATION: feature(
      'FEATURE_CHAT_OPTIMIZATION',
      'true',
      'Has no effect; clients see the value.',
    ),
    ENABLE_GPU_MONITORING: feature('ENABLE_GPU_MONITORING', 'false', 'Monitor GPUs through nvidia-smi.'),
    ENABLE_TEMPERATURE_MONITORING: feature(
      'ENABLE_TEMPERATURE_MONITORING',
      'false',
      'Read temperature sensors.',
    ),
  },
});
