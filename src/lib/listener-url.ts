/** How the host that a listener is bound to stands in a URL. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The port in a listener's URL; 0 without one. */
export function portOf(url: string | undefined): number {
  return url === undefined ? 0 : Number(new URL(url).port);
}
