import { describe, expect, test } from 'vitest';
import { agentStatusChanged } from './events.ts';
import { AgentStates, intervened, statusAt } from './status.ts';
import { unknownAgent, type AgentRow } from './agent-row.ts';

const staleAfterMs = 300_000;
const reported: AgentRow = {
  ...unknownAgent('pricing_agent'),
  status: 'ACTIVE',
  currentActivity: 'pricing',
  reportedAt: new Date(1_000_000),
};

describe('the status of an agent', () => {
  test.each([
    ['the reported one', reported, 0, 'ACTIVE', 'pricing'],
    ['the reported one until the report is too old', reported, staleAfterMs - 1, 'ACTIVE', 'pricing'],
    ['OFFLINE when the report is too old', reported, staleAfterMs, 'OFFLINE', null],
    ['OFFLINE before the first report', unknownAgent('pricing_agent'), 0, 'OFFLINE', null],
    ['OFFLINE when the agent reports it', { ...reported, status: 'OFFLINE' as const }, 0, 'OFFLINE', null],
    ['PAUSED when an operator has paused the agent', { ...reported, paused: true }, 0, 'PAUSED', 'pricing'],
    [
      'PAUSED even if the report is too old',
      { ...reported, paused: true },
      staleAfterMs,
      'PAUSED',
      'pricing',
    ],
  ])('is %s', (_name, row, age, status, currentActivity) => {
    expect(statusAt(row, 1_000_000 + age, staleAfterMs)).toMatchObject({ status, currentActivity });
  });

  test('contains rates and means of the decisions, which are null without decisions', () => {
    const row = {
      ...reported,
      decisions: 4,
      outcomes: 3,
      successes: 2,
      responseTimeSum: 1,
      responseTimes: 3,
    };
    expect(statusAt(row, 0, staleAfterMs)).toMatchObject({
      decisionCount: 4,
      successPercent: 66.67,
      avgResponseTimeMs: 333.3333,
    });
    expect(statusAt(reported, 0, staleAfterMs)).toMatchObject({
      decisionCount: 0,
      successPercent: null,
      avgResponseTimeMs: null,
    });
  });

  test.each([
    ['pricing_agent', 'Pricing Agent'],
    ['a--b_9', 'A B 9'],
    ['_', '_'],
  ])('derives the name of %s, %s, from the id until a name is reported', (agentId, name) => {
    expect(statusAt(unknownAgent(agentId), 0, staleAfterMs).name).toBe(name);
    expect(statusAt({ ...unknownAgent(agentId), name: 'X' }, 0, staleAfterMs).name).toBe('X');
  });
});

describe('an intervention', () => {
  test('pauses, resumes or resets the agent, and changes nothing for OVERRIDE', () => {
    const paused = intervened(reported, 'PAUSE');
    expect(paused).toEqual({ ...reported, paused: true });
    expect(intervened(paused, 'RESUME')).toEqual(reported);
    expect(intervened(paused, 'RESET')).toEqual({ ...reported, currentActivity: null });
    expect(intervened(paused, 'OVERRIDE')).toEqual(paused);
  });
});

describe('the gauges of agents', () => {
  const now = 1_000_000;
  const other = unknownAgent('other');

  function statesOf(...rows: AgentRow[]): AgentStates {
    const states = new AgentStates(staleAfterMs);
    states.update(rows);
    states.gauges(now, 'all');
    return states;
  }

  test('are put for every agent, and are urgent when an agent goes offline', () => {
    const states = statesOf(reported, other);
    expect(states.gauges(now + 3_000, 'all').map(({ key, urgent }) => [key, urgent])).toEqual([
      ['pricing_agent', false],
      ['other', false],
    ]);
    expect(states.gauges(now + staleAfterMs, 'all')).toMatchObject([
      { key: 'pricing_agent', urgent: true, payload: { status: 'OFFLINE' } },
      { key: 'other', urgent: false },
    ]);
    expect(states.gauges(now + staleAfterMs + 1, 'all')).toMatchObject([
      { urgent: false },
      { urgent: false },
    ]);
  });

  test('are put after an event only for changed agents, and are not urgent for changed statistics', () => {
    const states = statesOf(reported, other);
    expect(states.gauges(now, 'changed')).toEqual([]);
    states.markUrgent('other');
    expect(states.gauges(now, 'changed')).toMatchObject([{ key: 'other', urgent: true }]);
    states.update([{ ...reported, decisions: 1 }, other]);
    expect(states.gauges(now, 'changed')).toMatchObject([
      { key: 'pricing_agent', urgent: false, payload: { decisionCount: 1 } },
    ]);
  });

  test('are removed when an agent is no longer stored', () => {
    const states = statesOf(reported, other);
    states.update([reported]);
    expect(states.gauges(now, 'changed')).toEqual([
      { topic: agentStatusChanged, key: 'other', payload: null },
    ]);
    expect(states.gauges(now, 'changed')).toEqual([]);
  });
});
