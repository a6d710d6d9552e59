import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { isMet, type Result } from './row.ts';
import type { Spread } from './stats.ts';

export function asTable(results: readonly Result[]): string {
  const lines = results.map((result) => {
    const { row, what, unit, ours, peer, goal, notes } = result;
    return [
      row,
      `${what}, ${unit}`,
      shown(ours),
      peer === null ? '–' : `${peer.name}: ${shown(peer.spread)}`,
      number(result.value),
      `${goal.relation} ${number(goal.value)}`,
      isMet(result) ? 'yes' : '**no**',
      notes.join('; '),
    ];
  });
  const head = ['row', 'measured', 'ours', 'peer', 'ratio or value', 'goal', 'reached', 'notes'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown({ median, min, max }: Spread): string {
  return min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`;
}

/** Formats a number with three significant digits. */
export function number(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.min(digits, 4) });
}

export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const gb = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} cores, ${gb} GB, ${type()} ${release()}, Node ${process.versions.node}`;
}
