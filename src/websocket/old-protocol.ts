import type { SocketConnection } from './endpoint.ts';

/**
 * The subprotocol of subscriptions-transport-ws, the predecessor of `graphql-transport-ws`. It has the name of the
 * library that replaced it.
 */
export const oldProtocol = 'graphql-ws';

/** The close code of the protocol graphql-transport-ws for a wrong subprotocol. */
const notAcceptable = 4406;
const message =
  'The subprotocol graphql-ws (subscriptions-transport-ws) is not supported. Use graphql-transport-ws, for example with the package graphql-ws.';
const reason = 'Use the subprotocol graphql-transport-ws.';

/**
 * Ends the connection of a client of the old protocol with an error that it understands. A browser shows a page nothing
 * of a handshake that is rejected, so the handshake is accepted.
 */
export function rejectOldProtocol({ outbound, socket }: SocketConnection): void {
  const close = (): void => socket.close(notAcceptable, reason);
  outbound.respond(JSON.stringify({ type: 'connection_error', payload: { message } }), close);
}
