import type { CryptoSocketsFragment } from '../documents.generated.ts';

/** This system's own feed; the others' sockets are not its. */
export const feedPath = '/ws/live';

export function openSockets({ endpoints }: CryptoSocketsFragment): number {
  return endpoints.find(({ path }) => path === feedPath)?.open ?? 0;
}

/** The name by which a client is told and listed. */
export function clientId(socketId: string): string {
  return `client_${socketId}`;
}
