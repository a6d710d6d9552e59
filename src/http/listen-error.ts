/** A port that cannot be opened. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly host: string;
  readonly port: number;
  /** The code of the operating system, such as EADDRINUSE. */
  readonly code: string;

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? cause.message;
    super(`port ${port} of ${host} cannot be opened (${code})`, { cause });
    this.host = host;
    this.port = port;
    this.code = code;
  }
}
