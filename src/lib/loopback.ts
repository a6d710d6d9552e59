import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether a host name or an IP address is that of the local computer. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host.toLowerCase() === 'localhost';
  return ipaddr.process(host).range() === 'loopback';
}
