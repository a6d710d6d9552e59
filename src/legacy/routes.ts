import { parameterIn, segmentsOf, valuesIn } from '../lib/path-pattern.ts';
import type { Dialect } from './dialect.ts';
import type { RestRoute } from './rest-route.ts';

/** A route and whose it is. */
export interface ServedRoute {
  readonly dialect: Dialect;
  readonly route: RestRoute;
}

/** A path that is served, with what stands in its braces. */
export interface FoundPath {
  readonly byMethod: ReadonlyMap<string, ServedRoute>;
  readonly values: ReadonlyMap<string, string>;
}

interface Pattern {
  readonly segments: readonly string[];
  readonly byMethod: Map<string, ServedRoute>;
}

/** Finds routes by path. Where a path fits several, the one with the fewest parameters is meant. */
export class Routes {
  readonly all: readonly ServedRoute[];
  readonly #byLength = new Map<number, Pattern[]>();

  /** @throws Error when two routes are the same. */
  constructor(dialects: readonly Dialect[]) {
    this.all = dialects.flatMap((dialect) => dialect.routes.map((route) => ({ dialect, route })));
    const patterns = new Map<string, Pattern>();
    for (const served of this.all) {
      const { method, path } = served.route;
      const segments = segmentsOf(path);
      const key = segments.map((segment) => (parameterIn(segment) === null ? segment : '{}')).join('/');
      const pattern = patterns.get(key) ?? { segments, byMethod: new Map<string, ServedRoute>() };
      if (pattern.byMethod.has(method)) throw new Error(`${method} ${path} is there twice`);
      pattern.byMethod.set(method, served);
      patterns.set(key, pattern);
    }
    for (const pattern of patterns.values()) {
      const equals = this.#byLength.get(pattern.segments.length);
      if (equals === undefined) this.#byLength.set(pattern.segments.length, [pattern]);
      else equals.push(pattern);
    }
    for (const equals of this.#byLength.values())
      equals.sort((a, b) => parameterCount(a) - parameterCount(b));
  }

  /** @param path percent-encoded, without trailing slash. */
  find(path: string): FoundPath | null {
    const segments = segmentsOf(path).map(decodeURIComponent);
    for (const { segments: wanted, byMethod } of this.#byLength.get(segments.length) ?? []) {
      const values = valuesIn(wanted, segments);
      if (values !== null) return { byMethod, values };
    }
    return null;
  }
}

function parameterCount({ segments }: Pattern): number {
  return segments.filter((segment) => parameterIn(segment) !== null).length;
}
