import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import { hostAllowed } from './origin.ts';

/** Why the Host header of a request is invalid: it must name one host from which a URL can be made, as libraries do. */
export function invalidHost({ headers: { host }, rawHeaders }: IncomingMessage): AppError | null {
  if (hasTwoHosts(rawHeaders)) return invalid('There is more than one Host header.');
  if (host === undefined || (!/[/?#@\\\s]/.test(host) && URL.canParse(`http://${host}/`))) return null;
  return invalid('The Host header is not a host name with an optional port.');
}

/** Why the server does not serve the host that a request names. @param hosts null: it serves every host. */
export function wrongHost({ headers }: IncomingMessage, hosts: readonly string[] | null): AppError | null {
  if (hosts === null || hostAllowed(hosts, headers.host)) return null;
  return new AppError('FORBIDDEN', 'This server does not answer to that host name.');
}

function invalid(message: string): AppError {
  return new AppError('INVALID_PARAMETER', message);
}

/** A proxy that forwarded such a request may have checked the other header. */
function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}
