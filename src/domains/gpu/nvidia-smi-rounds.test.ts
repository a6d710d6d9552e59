import { describe, expect, test } from 'vitest';
import type { Gpu } from './events.ts';
import { parseGpu, Rounds } from './nvidia-smi.ts';

const gpu = (index: number): Gpu => parseGpu(`${index}, GPU-${index}, n, 1, 2, 3, 4, 5, 6, 7`) as Gpu;

/** What is told when these indexes come one after the other; `-` is a quiet moment. */
function told(...steps: readonly (number | '-')[]): readonly (string | null)[] {
  const rounds = new Rounds();
  return steps.map((step) => {
    const round = step === '-' ? rounds.quiet() : rounds.add(gpu(step));
    return round === null ? null : round.map(({ gpuId }) => gpuId).join('+');
  });
}

describe('Rounds', () => {
  test('tells the first round when nothing more comes, and the next ones with their last GPU', () => {
    expect(told(0, 1, '-', 0, 1, '-', 0, 1)).toEqual([null, null, '0+1', null, '0+1', null, null, '0+1']);
  });

  test('tells the first round when the next one begins', () => {
    expect(told(0, 1, 0, 1)).toEqual([null, null, '0+1', '0+1']);
  });

  test('goes on with fewer when a GPU is lost', () => {
    expect(told(0, 1, '-', 1, '-', 1)).toEqual([null, null, '0+1', null, '1', '1']);
    expect(told(0, 1, 0, 1, 0, 0)).toEqual([null, null, '0+1', '0+1', null, '0']);
  });

  test('adds a GPU that comes back to the round that is told already', () => {
    expect(told(0, '-', 0, 1, 0, 1)).toEqual([null, '0', '0', '0+1', null, '0+1']);
  });

  test('tells nothing while there is nothing', () => {
    expect(told('-', '-')).toEqual([null, null]);
  });
});
