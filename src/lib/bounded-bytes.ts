/** A stream has more bytes than are allowed. */
export class TooManyBytes extends Error {
  constructor(bytesMax: number) {
    super(`more than ${bytesMax} bytes`);
  }
}

/** Reads a whole stream. Leaving it early cancels it. @throws TooManyBytes */
export async function readBytes(stream: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new TooManyBytes(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
