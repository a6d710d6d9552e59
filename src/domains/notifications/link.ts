/** Schemes whose URLs a browser executes instead of opening. */
const scriptSchemes = new Set(['javascript:', 'data:', 'vbscript:']);

export const linkRule = 'a URL or a path, but not a script';

/** Whether a page may link to this URL or path. */
export function isLink(url: string): boolean {
  try {
    return !scriptSchemes.has(new URL(url, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}
