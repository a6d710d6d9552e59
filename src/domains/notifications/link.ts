/** What a browser would carry out instead of going there. */
const scripts = new Set(['javascript:', 'data:', 'vbscript:']);

export const linkWords = 'a URL or a path that is no script';

/** Whether a page may make a link of it. */
export function isLink(url: string): boolean {
  try {
    return !scripts.has(new URL(url, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}
