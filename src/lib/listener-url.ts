/** Formats the host of a listener for a URL: localhost for a wildcard address, brackets around other IPv6 addresses. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The port in a listener's URL; 0 without a URL. */
export function portOf(url: string | undefined): number {
  return url === undefined ? 0 : Number(new URL(url).port);
}
