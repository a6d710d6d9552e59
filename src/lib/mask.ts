/**
 * Removes secrets from text before it is shown: logs, error bodies, the connections page. Pure, and linear in the
 * length of the text. Where a secret cannot be distinguished from a word, the word is hidden.
 */
export const maskedText = '***';

/** The longest password matched in `scheme://user:password@`; cloud databases issue some of 2,000 characters. */
const urlPasswordCharsMax = 4096;

const hintPattern =
  /token|key|passw|passphrase|secret|authorization|cookie|bearer|opsgraph_session|signature|credential|:\/\/|eyJ|ops_/i;
const webCredentialsPattern = /\b(https?|wss?):\/\/(?:[^\s/?#"@]*@)+/gi;
const otherUserPattern = /(?<!\b(?:https?|wss?)):\/\/[^\s"/?#@:]*(?=:)/gi;
const jwtPattern = /(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*/g;
/** Tokens and sessions that this server issues. */
const opaquePattern = /(?<![\w-])ops_[\w-]{43}(?![\w-])/g;
const bearerPattern =
  /\b(bearer)(\s+|%20|\+)(?!(?:tokens?|auth|authentication|credentials?)(?:[\s.,;:)]|$))[^\s"',;&]+/gi;
const nameAndSignPattern =
  /(tokens?|api[-_ ]?keys?|passwords?|passwd|passphrase|secrets?|authorization|cookies?|opsgraph_session|private[-_ ]?key|signature|credentials?)(\\*["'`\]]?\s*(?:=>?|:(?!\/\/)|%3D)\s*)/gi;
const secretNamePattern =
  /(?:token|apikey|password|passwd|passphrase|secret|authorization|cookie|opsgraphsession|privatekey|signature|credential)s?$/;
const secretParameterPattern = /^(?:key|auth|sig)$/i;
const noSecretPattern = /^(?:true|false|null|undefined)\b/;

export function mask(text: string): string {
  if (!hintPattern.test(text)) return text;
  return maskNamed(
    maskOther(text.replace(webCredentialsPattern, `$1://${maskedText}@`))
      .replace(jwtPattern, maskedText)
      .replace(opaquePattern, maskedText),
  ).replace(bearerPattern, `$1$2${maskedText}`);
}

/** Maximum characters of a logged URL. */
export const loggedUrlCharsMax = 2048;

/** Like `maskUrl`, for a URL from a client: an overlong one is truncated first. */
export function maskLoggedUrl(url: string): string {
  if (url.length <= loggedUrlCharsMax) return maskUrl(url);
  const head = url.slice(0, loggedUrlCharsMax);
  const part = Math.max(head.lastIndexOf('/'), head.lastIndexOf('?'), head.lastIndexOf('&'));
  // A truncated secret might not match any pattern, so a short last part is removed entirely.
  return `${maskUrl(part > loggedUrlCharsMax - 200 ? head.slice(0, part) : head)}…`;
}

/** Like `mask`, for a URL or a path with a query: parameter names are decoded before they are compared. */
export function maskUrl(url: string): string {
  const question = url.indexOf('?');
  if (question < 0) return mask(url);
  const pairs = url
    .slice(question + 1)
    .split('&')
    .map(maskParameter);
  return `${mask(url.slice(0, question))}?${pairs.join('&')}`;
}

/** Whether a key, header or parameter of this name contains a secret. */
export function isSecretName(name: string): boolean {
  return secretNamePattern.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

function maskParameter(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return mask(pair);
  const name = decoded(pair.slice(0, equals));
  const secret = isSecretName(name) || secretParameterPattern.test(name);
  return secret ? `${pair.slice(0, equals)}=${maskedText}` : mask(pair);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Passwords in `scheme://user:password@` of databases, which may contain slashes. The password ends at the last `@`
 * within the limit. Each character is read once, however many colons there are.
 */
function maskOther(text: string): string {
  let result = '';
  let done = 0;
  let gap = -1;
  let sign = -1;
  let nextSign = text.indexOf('@');
  for (const match of text.matchAll(otherUserPattern)) {
    const start = match.index + match[0].length + 1;
    if (start - 1 < done) continue;
    if (gap < start) gap = gapFrom(text, start);
    const limit = Math.min(gap - 1, start + urlPasswordCharsMax);
    while (nextSign >= 0 && nextSign <= limit) {
      sign = nextSign;
      nextSign = text.indexOf('@', sign + 1);
    }
    if (sign < start) continue;
    result += text.slice(done, start) + maskedText;
    done = sign;
  }
  return result + text.slice(done);
}

/** The position of the next space or quote; the end of the text when there is none. */
function gapFrom(text: string, from: number): number {
  const gap = /[\s"]/g;
  gap.lastIndex = from;
  return gap.exec(text)?.index ?? text.length;
}

/** `name=value`, `name: value`, `"name":"value"`, and the same inside a string of JSON inside JSON. */
function maskNamed(text: string): string {
  let result = '';
  let done = 0;
  for (const match of text.matchAll(nameAndSignPattern)) {
    const start = match.index + match[0].length;
    if (match.index < done || start >= text.length) continue;
    const value = valueAt(text, start, (match[1] ?? '').toLowerCase());
    if (value === null) continue;
    result += text.slice(done, value.start) + maskedText;
    done = value.end;
  }
  return result + text.slice(done);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The range of the value that begins at `start`; null when there is nothing to hide. */
function valueAt(text: string, start: number, name: string): Span | null {
  const opening = quoteAt(text, start);
  if (opening !== undefined) {
    const inner = start + opening.length;
    return { start: inner, end: closingQuote(text, inner, opening) };
  }
  const head = text.slice(start, start + 12);
  if (noSecretPattern.test(head)) return null;
  if (name.endsWith('s') && /^\d+(?![^\s,;.)}\]])/.test(head)) return null; // `max_tokens: 512` is a count
  if (head.startsWith('[')) return { start: start + 1, end: closingBracket(text, start + 1, ']') };
  if (head.startsWith('{')) return { start: start + 1, end: closingBracket(text, start + 1, '}') };
  const wholeLine = name === 'authorization' || name.startsWith('cookie');
  const end = wholeLine ? /[\r\n"]/g : /[\s&"]/g;
  end.lastIndex = start;
  const stop = end.exec(text)?.index ?? text.length;
  return stop > start ? { start, end: stop } : null;
}

/** The first quote of this kind without a further backslash; the end of a truncated text. */
function closingQuote(text: string, from: number, opening: string): number {
  const escaped = opening.length > 1;
  for (let at = from; at < text.length; at += 1) {
    if (!escaped && text[at] === '\\') at += 1;
    else if (text.startsWith(opening, at) && !(escaped && at > from && text[at - 1] === '\\')) return at;
  }
  return text.length;
}

/** The first such bracket outside quotes. */
function closingBracket(text: string, from: number, bracket: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === bracket) return at;
    const opening = quoteAt(text, at);
    if (opening !== undefined) at = closingQuote(text, at + opening.length, opening) + opening.length - 1;
  }
  return text.length;
}

function quoteAt(text: string, at: number): string | undefined {
  const quote = /\\{0,16}["'`]/y;
  quote.lastIndex = at;
  return quote.exec(text)?.[0];
}
