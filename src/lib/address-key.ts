import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The prefix under which a translator shows IPv4 clients (RFC 6052). */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * The key under which limits count a client address: an IPv4 address itself, also when an IPv6 address contains it
 * (IPv4-mapped or NAT64), and the /64 prefix of any other IPv6 address, because one host can use all addresses of its
 * /64. Other text is its own key.
 */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const ip = ipaddr.IPv6.parse(address);
  if (ip.isIPv4MappedAddress() || ip.match(nat64))
    return new ipaddr.IPv4(ip.toByteArray().slice(12)).toString();
  return `${ip.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
