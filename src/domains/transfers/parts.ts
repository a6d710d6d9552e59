/** How large the parts are in which bytes are stored. What is stored rests on it. */
export const partBytes = 1_048_576;

/** Bytes that come in pieces of any size, as parts of one size; the last may be shorter. */
export function* partsOf(pieces: Iterable<Buffer>, size = partBytes): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < size) continue;
    const bytes = Buffer.concat(waiting, length);
    let from = 0;
    for (; length - from >= size; from += size) yield bytes.subarray(from, from + size);
    waiting = from === length ? [] : [bytes.subarray(from)];
    length -= from;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
