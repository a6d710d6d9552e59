import { flag } from './parsers.ts';
import { section } from './setting.ts';

function feature<const Env extends string>(env: Env, byDefault: 'true' | 'false', description: string) {
  return { [env]: { env, type: flag, default: byDefault, description } } as {
    readonly [Key in Env]: {
      readonly env: Key;
      readonly type: typeof flag;
      readonly default: string;
      readonly description: string;
    };
  };
}

/** Switches. A disabled feature answers FEATURE_DISABLED. Clients see the switches by the names of their variables. */
export const featureSettings = section({
  title: 'Features',
  prefix: 'FEATURE_',
  settings: {
    ...feature('FEATURE_SYSTEM_MONITORING', 'true', 'Monitor CPU, memory, disk and network of the host.'),
    ...feature('FEATURE_DATABASE_MONITORING', 'true', 'Monitor the database.'),
    ...feature(
      'FEATURE_REAL_TIME_UPDATES',
      'true',
      'Serve the feeds /ws/system, /ws/models, /ws/governance and /ws/database.',
    ),
    ...feature(
      'FEATURE_WEBSOCKET_FALLBACK',
      'true',
      'Serve the endpoints that clients without a WebSocket poll.',
    ),
    ...feature('FEATURE_GOVERNANCE_PANEL', 'true', 'Serve roles and the audit log.'),
    ...feature('FEATURE_AI_SYSTEM_PANEL', 'true', 'Probe and serve models and model servers.'),
    ...feature('FEATURE_INTELLIGENCE_ARENA', 'true', 'Has no effect; clients see the value.'),
    ...feature('FEATURE_OMNI_MONITOR', 'true', 'Serve the list of WebSocket connections.'),
    ...feature('FEATURE_CHAT_OPTIMIZATION', 'true', 'Has no effect; clients see the value.'),
    ...feature('ENABLE_GPU_MONITORING', 'false', 'Monitor GPUs through nvidia-smi.'),
    ...feature('ENABLE_TEMPERATURE_MONITORING', 'false', 'Read temperature sensors.'),
  },
});

export type Features = ReturnType<typeof featureSettings.resolve>;
