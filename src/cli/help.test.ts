import { describe, expect, it } from 'vitest';
import { parseInput } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, programHelp } from './help.ts';

const names = Object.keys(commands);

describe('the help', () => {
  it('lists every command', () => {
    const help = programHelp();
    for (const [name, { summary }] of Object.entries(commands))
      expect(help).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 20)}`, 'm'));
  });

  it.each(names)('describes %s with each of its options', async (name) => {
    const command = commands[name];
    if (command === undefined) throw new Error('no such command');
    const help = await commandHelp(name, command);
    expect(help).toMatch(new RegExp(`^Usage: opsgraph ${name}\\b`));
    for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`);
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(125);
  });
});

describe('the arguments of a command', () => {
  const options = {
    url: { type: 'string', default: 'a', description: '' },
    'dry-run': { type: 'boolean', description: '' },
  } as const;

  it('have defaults, and a value or true where they are given', () => {
    expect(parseInput({ options }, [])).toEqual({ values: { url: 'a', 'dry-run': false }, args: [] });
    expect(parseInput({ options, args: '<file>' }, ['b', '--url', 'c', '--dry-run'])).toEqual({
      values: { url: 'c', 'dry-run': true },
      args: ['b'],
    });
  });

  it.each([
    [['--ulr', 'b'], 'Unknown option --ulr; did you mean --url?'],
    [['--dry'], 'Unknown option --dry; did you mean --dry-run?'],
    [['--other'], 'Unknown option --other.'],
    [['-x'], 'Unknown option -x.'],
    [['b'], 'Unexpected argument "b".'],
    [['--url'], 'argument missing'],
  ])('are rejected with what was meant: %j', (args, message) => {
    expect(() => parseInput({ options }, args)).toThrow(message);
  });
});
