/** The name of the socket file of the embedded database; nothing listens on TCP. */
export const embeddedPort = 5_432;
export const embeddedOwner = 'opsgraph';

/** The connection settings of the embedded database whose socket is in this directory. */
export function embeddedConnection(socketDir: string) {
  return { host: socketDir, port: embeddedPort, user: embeddedOwner, database: embeddedOwner, ssl: false };
}
