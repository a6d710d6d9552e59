/** How long base64 of so many bytes is. */
export function base64Chars(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** The bytes of base64 with its padding and nothing else; null when it is no such thing. */
export function decoded(text: string): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // memory of its own: a part of the pool would keep the whole of it alive as long as the chunk is held
  const bytes = Buffer.allocUnsafeSlow((text.length / 4) * 3 - padding);
  const written = bytes.write(text, 'base64');
  return written === bytes.length && bytes.toString('base64') === text ? bytes : null;
}
