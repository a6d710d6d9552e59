import { spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { inject, onTestFinished } from 'vitest';

/** A Python that has the package websockets, which the documented clients of the old systems ask for. */
export const python = inject('python');
if (python === null)
  console.warn(
    '\nSKIPPED: the documented Python client, because python3 or its package websockets is missing.\n',
  );

/** The lines that a program prints, as it prints them; it ends with the test. */
export function linesOf(program: string): Interface {
  const child = spawn(python ?? 'python3', ['-u', '-c', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return createInterface(child.stdout);
}
