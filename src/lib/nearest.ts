import { editDistance } from './edit-distance.ts';

/** The candidate that a misspelled word most likely means. Null: none resembles it. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const distances = candidates.map((candidate) => ({
    candidate,
    distance: candidate.startsWith(word) && word.length > 2 ? 1 : editDistance(word, candidate),
  }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3))
    ? best.candidate
    : null;
}
