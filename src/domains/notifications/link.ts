/** Addresses that a browser executes instead of opening. */
const scripts = new Set(['javascript:', 'data:', 'vbscript:']);

export const linkRule = 'a URL or a path that is no script';

/** Whether a page may link to it. */
export function isLink(url: string): boolean {
  try {
    return !scripts.has(new URL(url, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}
