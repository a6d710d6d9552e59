import { section } from '../../config/setting.ts';
import { originsSetting } from '../origins-setting.ts';

export const cryptoPort = 7860;

export const cryptoSettings = section({
  title: 'Crypto API monitoring',
  settings: { origins: { ...originsSetting, env: 'CRYPTO_CORS_ORIGINS', default: '*' } },
});
