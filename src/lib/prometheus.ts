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
  return [...prometheusSamples(text, wanted)];
}

/** The same, one after the other, for a long text. */
export function* prometheusSamples(
  text: string,
  wanted: (name: string) => boolean,
): Generator<PrometheusSample> {
  for (const line of text.split('\n')) {
    const name = take(namePattern, line, 0)?.[0];
    if (name === undefined || !wanted(name)) continue;
    const sample = parseRest(line, name);
    if (sample !== null) yield sample;
  }
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
