import { section } from '../../config/setting.ts';
import { originsSetting } from '../origins-setting.ts';

export const mlopsPort = 8001;

export const mlopsSettings = section({
  title: 'MLOps',
  settings: { origins: { ...originsSetting, env: 'MLOPS_CORS_ORIGINS', default: '*' } },
});
