import type { IncomingMessage } from 'node:http';
import { hostAllowed } from './origin.ts';
import type { Rejection } from './request.ts';

/** Whether a request names one host, of which a URL can be made, as libraries that handle the request do. */
export function unreadableHost({ headers: { host }, rawHeaders }: IncomingMessage): Rejection | null {
  if (namesTwoHosts(rawHeaders)) return invalid('There is more than one Host header.');
  if (host === undefined || (!/[/?#@\\\s]/.test(host) && URL.canParse(`http://${host}/`))) return null;
  return invalid('The Host header is not a host name with an optional port.');
}

/** Whether this server answers to the host that a request names. @param hosts null: to any. */
export function wrongHost({ headers }: IncomingMessage, hosts: readonly string[] | null): Rejection | null {
  if (hosts === null || hostAllowed(hosts, headers.host)) return null;
  return { status: 403, code: 'FORBIDDEN', message: 'This server does not answer to that host name.' };
}

function invalid(message: string): Rejection {
  return { status: 400, code: 'INVALID_PARAMETER', message };
}

/** Whoever passed such a request on may have looked at the other one. */
function namesTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}
