import { origins } from '../config/parsers.ts';

/** What the settings of all old systems' origins have in common. */
export const originsSetting = {
  type: origins,
  protects: true,
  description: 'Origins of the pages that may call its endpoints: * or a comma-separated list.',
} as const;
