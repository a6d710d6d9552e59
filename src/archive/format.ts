import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * The file of an exported journal: JSON lines. A header identifies the log and the schema, one line per event follows in
 * the order of the log, and a footer contains the number of events and a digest of all lines before it, by which a
 * truncated or changed file is recognized.
 */
const formatVersion = 1;

/** A stored event with at most 65,536 characters of payload, with room for payloads of the server itself. */
export const lineCharsMax = 16 * 1024 * 1024;

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const headerSchema = z.object({
  opsgraphJournal: z.number().int(),
  program: z.string(),
  /** The identity of the log in its cursors. */
  epoch: z.string(),
  /** The last migration of the database. */
  schema: z.string(),
  exportedAt: z.string(),
  /** The events after this position, up to and including `until`. */
  since: z.number().int().nonnegative(),
  until: z.number().int().nonnegative(),
  /** Null: all. */
  topics: z.array(z.string()).readonly().nullable(),
});

const eventSchema = z.object({
  seq: z.number().int().positive(),
  topic: z.string(),
  key: z.string(),
  type: z.string(),
  id: z.string(),
  occurredAt: time,
  recordedAt: time,
  reportedBy: z.string().nullable(),
  digest: z.string().nullable(),
  payload: z.unknown(),
});

const footerSchema = z.object({
  end: z.literal(true),
  events: z.number().int().nonnegative(),
  lastCursor: z.string().nullable(),
  sha256: z.string(),
});

export type Header = Omit<z.output<typeof headerSchema>, 'opsgraphJournal'>;
export type ExportedEvent = z.output<typeof eventSchema>;
export type Footer = z.output<typeof footerSchema>;

/** A file that is not a complete export. */
export class InvalidFile extends Error {}

/** Makes the lines of a file. */
export class JournalLines {
  readonly #hash = createHash('sha256');
  #events = 0;

  get events(): number {
    return this.#events;
  }

  header(header: Header): string {
    return this.#line(JSON.stringify({ opsgraphJournal: formatVersion, ...header }));
  }

  /** @param payload JSON text, so that it is neither parsed nor changed. */
  event({
    payload,
    ...event
  }: Omit<z.input<typeof eventSchema>, 'payload'> & { readonly payload: string }): string {
    this.#events += 1;
    return this.#line(`${JSON.stringify(event).slice(0, -1)},"payload":${payload}}`);
  }

  footer(lastCursor: string | null): string {
    const footer: Footer = { end: true, events: this.#events, lastCursor, sha256: this.#hash.digest('hex') };
    return `${JSON.stringify(footer)}\n`;
  }

  #line(text: string): string {
    const line = `${text}\n`;
    this.#hash.update(line);
    return line;
  }
}

/**
 * Parses the lines of a file. Yields each event when it has been read, and returns after the footer.
 * @param onHeader receives the header before the first event, and may throw to reject the file.
 * @throws InvalidFile also at the end, for a file whose footer is missing or does not match.
 */
export async function* readJournal(
  lines: AsyncIterable<string>,
  onHeader: (header: Header) => void,
): AsyncGenerator<ExportedEvent, Footer> {
  const hash = createHash('sha256');
  let number = 0;
  let events = 0;
  let last = 0;
  let footer: Footer | null = null;
  for await (const line of lines) {
    number += 1;
    if (footer !== null) throw new InvalidFile(`Line ${number} follows the end of the export.`);
    const value = parseLine(line, number);
    if (number === 1) onHeader(headerOf(value));
    else if (isFooter(value)) {
      footer = parsed(footerSchema, value, number);
      if (footer.events !== events || footer.sha256 !== hash.digest('hex'))
        throw new InvalidFile(
          `The file was changed: it has ${events} events, and ${footer.events} were exported, or a line differs.`,
        );
      continue;
    }
    hash.update(`${line}\n`);
    if (number === 1) continue;
    const event = parsed(eventSchema, value, number);
    if (event.seq <= last) throw new InvalidFile(`Line ${number} is not in the order of the log.`);
    last = event.seq;
    events += 1;
    yield event;
  }
  if (footer === null)
    throw new InvalidFile(`The file is truncated: it ends after ${events} events and has no footer.`);
  return footer;
}

function headerOf(value: unknown): Header {
  const { success, data } = headerSchema.safeParse(value);
  if (!success)
    throw new InvalidFile('The file is not an export of a journal: its first line is not a header.');
  const { opsgraphJournal: version, ...header } = data;
  if (version !== formatVersion)
    throw new InvalidFile(
      `The file has the format ${version}; this program reads the format ${formatVersion}.`,
    );
  return header;
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new InvalidFile(
      number === 1
        ? 'The file is not an export of a journal: its first line is not JSON.'
        : `Line ${number} is not JSON; the file is truncated or was changed.`,
    );
  }
}

function isFooter(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'end' in value;
}

function parsed<Value>(schema: z.ZodType<Value>, value: unknown, number: number): Value {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new InvalidFile(`Line ${number} is not an event: ${issue?.path.join('.')} ${issue?.message}.`);
}
