export interface PrometheusSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const namePattern = /[a-zA-Z_:][\w:]*/y;
const labelPattern = /[\s,]*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\\n]|\\.)*)"/y;
const labelsEndPattern = /[\s,]*\}/y;
const valuePattern = /\s+(\S+)/y;
const escapedPattern = /\\(.)/g;

/**
 * The samples of a Prometheus text exposition whose names are `wanted`, in order. Invalid lines and values that are not
 * finite are skipped. Runs in linear time.
 */
export function parsePrometheus(text: string, wanted: (name: string) => boolean): PrometheusSample[] {
  return [...prometheusSamples(text, wanted)].filter((sample) => sample !== null);
}

/** A longer line is skipped. */
const lineCharsMax = 64 * 1024;

/** The same, one after the other, for a long text: null for each line that is skipped, so that the caller can pause. */
export function* prometheusSamples(
  text: string,
  wanted: (name: string) => boolean,
): Generator<PrometheusSample | null> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    yield end - start > lineCharsMax ? null : parseLine(text.slice(start, end), wanted);
    start = end + 1;
  }
}

function parseLine(line: string, wanted: (name: string) => boolean): PrometheusSample | null {
  const name = take(namePattern, line, 0)?.[0];
  return name === undefined || !wanted(name) ? null : parseRest(line, name);
}

function parseRest(line: string, name: string): PrometheusSample | null {
  const labels = new Map<string, string>();
  let at = name.length;
  if (line[at] === '{') {
    at++;
    for (let label = take(labelPattern, line, at); label !== null; label = take(labelPattern, line, at)) {
      labels.set(label[1] ?? '', unescape(label[2] ?? ''));
      at += label[0].length;
    }
    const end = take(labelsEndPattern, line, at);
    if (end === null) return null;
    at += end[0].length;
  }
  const value = Number(take(valuePattern, line, at)?.[1]);
  return Number.isFinite(value) ? { name, labels, value } : null;
}

function take(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function unescape(text: string): string {
  return text.replace(escapedPattern, (_all, char: string) => (char === 'n' ? '\n' : char));
}
