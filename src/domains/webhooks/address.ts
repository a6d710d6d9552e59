import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** Which addresses webhooks may call. */

export const urlRule =
  'an https URL without credentials and fragment, whose host has public addresses (WEBHOOK_ALLOW_PRIVATE allows others)';

/** The target of a call is not allowed. */
export class AddressNotAllowed extends Error {
  override readonly name = 'AddressNotAllowed';
}

/** Whether the address belongs to the public internet: no loopback, private, link-local, translated or reserved one. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Whether a URL can be that of a webhook. Its host name is resolved and checked by each call. */
export function isWebhookUrl(text: string, allowPrivate: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash, hostname } = new URL(text);
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return false;
  if (username !== '' || password !== '' || hash !== '') return false;
  return allowPrivate || isAllowedHost(hostname);
}

/** False for a literal address that is not public. Names are checked once they are resolved. */
function isAllowedHost(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return !ipaddr.isValid(address) || isPublicAddress(address);
}

type Resolved = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Resolves a host name for a connection, which is made to the returned addresses. So the address that is checked is the
 * address that is called, whatever the name resolves to later.
 */
export function lookupPublic(hostname: string, options: LookupOptions, callback: Resolved): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error === null ? addresses.filter(({ address }) => isPublicAddress(address)) : [];
    const [first] = allowed;
    if (first === undefined) callback(error ?? new AddressNotAllowed('the host has no public address'), []);
    else if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
}
