import type { IncomingMessage } from 'node:http';
import { hostAllowed } from './origin.ts';

export const twoHosts = 'There is more than one Host header.';
export const unreadableHost = 'The Host header is not a host name with an optional port.';
export const wrongHost = 'This server does not answer to that host name.';

export function isHostAllowed({ headers }: IncomingMessage, hosts: readonly string[] | null): boolean {
  return hosts === null || hostAllowed(hosts, headers.host);
}

/** Whether a URL can be made of the Host header, as libraries that handle the request do. */
export function isHostReadable({ headers: { host } }: IncomingMessage): boolean {
  return host === undefined || (!/[/?#@\\\s]/.test(host) && URL.canParse(`http://${host}/`));
}

/** Whoever passed such a request on may have looked at the other one. */
export function namesTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}
