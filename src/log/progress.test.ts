import { expect, it } from 'vitest';
import { openLog } from './log.ts';
import { withProgress } from './progress.ts';

it('logs how far the work is until it ends, and leaves out a line that cannot be made', async () => {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  };
  let twice = (): void => {};
  const reported = new Promise<void>((resolve) => (twice = resolve));
  let asked = 0;
  const result = await withProgress(
    {
      log: openLog({ level: 'INFO', destination }),
      message: 'still working',
      everyMs: 5,
      fields() {
        asked += 1;
        if (asked === 2) throw new Error('no answer');
        if (asked > 3) twice();
        return { asked };
      },
    },
    async () => {
      await reported;
      return 'done';
    },
  );
  expect(result).toBe('done');
  expect(lines.map(({ msg, asked: at }) => [msg, at]).slice(0, 2)).toEqual([
    ['still working', 1],
    ['still working', 3],
  ]);
  expect(lines[0]?.['elapsedMs']).toEqual(expect.any(Number));
});
