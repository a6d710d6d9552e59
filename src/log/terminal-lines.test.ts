import { expect, it } from 'vitest';
import { openLog } from './log.ts';
import { TerminalLines } from './terminal-lines.ts';

function opened() {
  let text = '';
  const lines = new TerminalLines({ write: (line) => void (text += line), flush: () => Promise.resolve() });
  return { lines, log: openLog({ level: 'INFO', destination: lines }), text: () => text };
}

it('prints log lines as text with their fields and the reason of an error', () => {
  const { lines, log, text } = opened();
  lines.ready('ready');
  log.info({ ms: 12, table: 'events' }, 'built an index');
  log.error({ err: new Error('no space left') }, 'cannot store');
  expect(text().replaceAll(/\d\d:\d\d:\d\d/g, 'time')).toBe(
    '\nready\n\ntime built an index  (ms=12, table=events)\ntime ERROR cannot store: no space left\n',
  );
});

it('prints the warnings of the start beneath the text at ready, and later ones immediately', () => {
  const { lines, log, text } = opened();
  log.warn({}, 'early');
  log.info({}, 'starting');
  lines.ready('ready');
  log.warn({}, 'late');
  expect(text().match(/starting|ready|early|late/g)).toEqual(['starting', 'ready', 'early', 'late']);
});

it('prints held warnings when the start fails', () => {
  const { lines, log, text } = opened();
  log.warn({}, 'early');
  expect(text()).toBe('');
  lines.release();
  expect(text()).toContain('WARNING early');
});
