import { isLoopback } from '../lib/loopback.ts';
import type { AuthConfig } from './config.ts';
import { configuredAccess } from './configured-access.ts';

/** Who may access the server and with which rights, in one line for people. */
export function accessSummary(auth: AuthConfig, host: string): string {
  const from = isLoopback(host) ? 'programs on this computer' : `all computers that reach ${host}`;
  if (auth.required) return `${from}, with a credential`;
  if (configuredAccess(auth).isOpen) return `${from}, with all rights and without a credential`;
  return `${from}; without a credential they may only read`;
}
