import { isIP } from 'node:net';

/** Under these lie IPv4 addresses: as the system shows them, and as a translator (RFC 6052) does. */
const mapped = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0']);

/**
 * What is bounded as one where something is bounded for an address: an IPv4 address is itself, an IPv6 address goes by
 * the first 64 bits, as whoever has one has all that begin so. Anything else is itself.
 */
export function boundKeyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  if (mapped.has(groups.slice(0, 6).join(':'))) return quad(groups[6] ?? '', groups[7] ?? '');
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** The eight numbers of an IPv6 address, in lower case and without leading zeros. */
function groupsOf(address: string): string[] {
  const [bare = ''] = address.split('%'); // the rest names an interface
  const [left = [], right] = bare.split('::').map(numbersIn);
  if (right === undefined) return left;
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}

function numbersIn(part: string): string[] {
  if (part === '') return [];
  return part
    .split(':')
    .flatMap((number) => (number.includes('.') ? halvesOf(number) : [hex(`0x${number}`)]));
}

/** The last 32 bits may be written as an IPv4 address. */
function halvesOf(dotted: string): [string, string] {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return [hex(a * 256 + b), hex(c * 256 + d)];
}

function hex(number: string | number): string {
  return Number(number).toString(16);
}

function quad(high: string, low: string): string {
  return [high, low]
    .map((half) => Number(`0x${half}`))
    .flatMap((half) => [half >> 8, half & 255])
    .join('.');
}
