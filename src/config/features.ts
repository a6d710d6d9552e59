import { flag } from './parsers.ts';
import { section } from './setting.ts';

const on = {
  FEATURE_SYSTEM_MONITORING: 'Monitor CPU, memory, disk and network of the host.',
  FEATURE_DATABASE_MONITORING: 'Monitor the database.',
  FEATURE_REAL_TIME_UPDATES: 'Serve the feeds /ws/system, /ws/models, /ws/governance and /ws/database.',
  FEATURE_WEBSOCKET_FALLBACK: 'Serve the endpoints that clients without a WebSocket poll.',
  FEATURE_GOVERNANCE_PANEL: 'Serve roles and the audit log.',
  FEATURE_AI_SYSTEM_PANEL: 'Probe and serve models and model servers.',
  FEATURE_INTELLIGENCE_ARENA: 'Has no effect; clients see the value.',
  FEATURE_OMNI_MONITOR: 'Serve the list of WebSocket connections.',
  FEATURE_CHAT_OPTIMIZATION: 'Has no effect; clients see the value.',
};

const off = {
  ENABLE_GPU_MONITORING: 'Monitor GPUs through nvidia-smi.',
  ENABLE_TEMPERATURE_MONITORING: 'Read temperature sensors.',
};

/** Switches. A disabled feature answers FEATURE_DISABLED. Clients see the switches by the names of their variables. */
export const featureSettings = section({
  title: 'Features',
  prefix: 'FEATURE_',
  settings: { ...switches(on, 'true'), ...switches(off, 'false') },
});

function switches<Name extends string>(descriptions: Readonly<Record<Name, string>>, byDefault: string) {
  const rows = Object.entries<string>(descriptions).map(([env, description]) => [
    env,
    { env, type: flag, default: byDefault, description },
  ]);
  return Object.fromEntries(rows) as Record<
    Name,
    { env: Name; type: typeof flag; default: string; description: string }
  >;
}
