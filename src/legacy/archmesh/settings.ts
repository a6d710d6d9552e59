import { count, seconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';
import { originsSetting } from '../origins-setting.ts';

export const archmeshSettings = section({
  title: 'ArchMesh',
  prefix: 'ARCHMESH_',
  settings: {
    origins: {
      ...originsSetting,
      env: 'MESH_CORS_ORIGINS',
      default: '*',
      aliases: ['ARCHMESH_CORS_ORIGINS'],
    },
    connectionsMax: {
      env: 'ARCHMESH_MAX_CONNECTIONS',
      type: count,
      default: '1000',
      description: 'Open ArchMesh connections in one process.',
    },
    idleTimeoutMs: {
      env: 'ARCHMESH_IDLE_TIMEOUT_S',
      type: seconds(1),
      default: '300',
      description: 'Seconds until an ArchMesh client that sends nothing is disconnected.',
    },
    messagesPerMinuteMax: {
      env: 'ARCHMESH_RATE_LIMIT_PER_MINUTE',
      type: count,
      default: '1000',
      description: 'Messages that an ArchMesh client may send in a minute.',
    },
  },
});
