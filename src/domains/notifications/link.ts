const charsMax = 2_048;
/** What a browser would carry out instead of going there. */
const scripts = new Set(['javascript:', 'data:', 'vbscript:']);

export const linkWords = `a URL or a path of 1 to ${charsMax} characters that is no script`;

/** Whether a page may make a link of it. */
export function isLink(url: string): boolean {
  if (url.length < 1 || url.length > charsMax) return false;
  try {
    return !scripts.has(new URL(url, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}
