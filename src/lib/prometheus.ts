/** What a line `# TYPE` says about a sample; null without one. The parts of histograms and summaries are counters. */
export type PrometheusKind = 'COUNTER' | 'GAUGE' | null;

export interface PrometheusSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  readonly kind: PrometheusKind;
}

const namePattern = /[a-zA-Z_:][\w:]*/y;
const labelPattern = /[\s,]*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\\n]|\\.)*)"/y;
const labelsEndPattern = /[\s,]*\}/y;
const valuePattern = /\s+(\S+)/y;
const typePattern = /^# TYPE ([a-zA-Z_:][\w:]*) ([a-z]+)\s*$/;
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
  let family: Family | null = null;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = end - start > lineCharsMax ? '' : text.slice(start, end);
    if (line.startsWith('#')) family = familyOf(line) ?? family;
    yield parseLine(line, wanted, family);
    start = end + 1;
  }
}

/** What the last line `# TYPE` declares. The samples of a family follow it before those of the next one. */
interface Family {
  readonly name: string;
  readonly type: string;
}

function familyOf(line: string): Family | null {
  const [, name = '', type = ''] = typePattern.exec(line) ?? [];
  return name === '' ? null : { name, type };
}

function kindOf(sample: string, family: Family | null): PrometheusKind {
  if (family === null || !sample.startsWith(family.name)) return null;
  const { type } = family;
  const suffix = sample.slice(family.name.length);
  if (suffix === '')
    return type === 'counter' ? 'COUNTER' : type === 'gauge' || type === 'summary' ? 'GAUGE' : null;
  // OpenMetrics declares a counter without its suffix.
  if (type === 'counter') return suffix === '_total' ? 'COUNTER' : null;
  const isDistribution = type === 'histogram' || type === 'summary';
  return isDistribution && /^_(bucket|count|sum)$/.test(suffix) ? 'COUNTER' : null;
}

function parseLine(
  line: string,
  wanted: (name: string) => boolean,
  family: Family | null,
): PrometheusSample | null {
  const name = take(namePattern, line, 0)?.[0];
  return name === undefined || !wanted(name) ? null : parseRest(line, name, family);
}

function parseRest(line: string, name: string, family: Family | null): PrometheusSample | null {
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
  return Number.isFinite(value) ? { name, labels, value, kind: kindOf(name, family) } : null;
}

function take(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function unescape(text: string): string {
  return text.replace(escapedPattern, (_all, char: string) => (char === 'n' ? '\n' : char));
}
