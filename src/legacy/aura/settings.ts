import { section } from '../../config/setting.ts';
import { originsSetting } from '../origins-setting.ts';

export const auraSettings = section({
  title: 'Aura',
  settings: {
    origins: {
      ...originsSetting,
      env: 'AURA_CORS_ORIGINS',
      unset: 'any port of localhost and 127.0.0.1',
    },
  },
  resolve: ({ origins }) => ({ origins: origins ?? 'localhost' }),
});
