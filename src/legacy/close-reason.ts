/** The longest reason that a close frame can carry. */
const bytesMax = 123;

/** Cuts a reason to what fits into a close frame, between two characters. */
export function closeReason(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  let end = bytesMax;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString();
}
