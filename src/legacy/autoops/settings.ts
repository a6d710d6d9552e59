import { section } from '../../config/setting.ts';
import { originsSetting } from '../origins-setting.ts';

export const autoopsPort = 8000;

export const autoopsSettings = section({
  title: 'AutoOps',
  settings: {
    origins: {
      ...originsSetting,
      env: 'AUTOOPS_CORS_ORIGINS',
      default: 'http://localhost:3000,http://localhost:8501',
    },
  },
});
