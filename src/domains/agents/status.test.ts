import { describe, expect, test } from 'vitest';
import { createAgentBoard, intervened, statusAt, unknownAgent, type AgentRow } from './status.ts';

const staleAfterMs = 300_000;
const reported: AgentRow = {
  ...unknownAgent('pricing_agent'),
  status: 'ACTIVE',
  currentActivity: 'pricing',
  reportedAt: 1_000_000,
};

describe('the status of an agent', () => {
  test.each([
    ['as reported', reported, 0, 'ACTIVE', 'pricing'],
    ['as reported, up to the last moment', reported, staleAfterMs - 1, 'ACTIVE', 'pricing'],
    ['offline once the report is too old', reported, staleAfterMs, 'OFFLINE', null],
    ['offline before the first report', unknownAgent('pricing_agent'), 0, 'OFFLINE', null],
    ['offline when it says so', { ...reported, status: 'OFFLINE' as const }, 0, 'OFFLINE', null],
    ['paused by an operator', { ...reported, paused: true }, 0, 'PAUSED', 'pricing'],
    ['paused, however old its report', { ...reported, paused: true }, staleAfterMs, 'PAUSED', 'pricing'],
  ])('is %s', (_name, row, age, status, currentActivity) => {
    expect(statusAt(row, 1_000_000 + age, staleAfterMs)).toMatchObject({ status, currentActivity });
  });

  test('has figures of its decisions, null where there is nothing to divide by', () => {
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
      successRate: 66.67,
      meanResponseTimeSeconds: 0.3333,
    });
    expect(statusAt(reported, 0, staleAfterMs)).toMatchObject({
      decisionCount: 0,
      successRate: null,
      meanResponseTimeSeconds: null,
    });
  });

  test.each([
    ['pricing_agent', 'Pricing Agent'],
    ['a--b_9', 'A B 9'],
    ['_', '_'],
  ])('names %s %s until it gives a name', (agentId, name) => {
    expect(statusAt(unknownAgent(agentId), 0, staleAfterMs).name).toBe(name);
    expect(statusAt({ ...unknownAgent(agentId), name: 'X' }, 0, staleAfterMs).name).toBe('X');
  });
});

describe('an intervention', () => {
  test('pauses, resumes, resets, or changes nothing', () => {
    const paused = intervened(reported, 'PAUSE');
    expect(paused).toEqual({ ...reported, paused: true });
    expect(intervened(paused, 'RESUME')).toEqual(reported);
    expect(intervened(paused, 'RESET')).toEqual({ ...reported, currentActivity: null });
    expect(intervened(paused, 'OVERRIDE')).toEqual(paused);
  });
});

describe('the board of agents', () => {
  function board(...rows: AgentRow[]) {
    const made = createAgentBoard(staleAfterMs);
    made.known(rows);
    return made;
  }
  const now = 1_000_000;

  test('shows every agent each time, and is urgent when one falls silent', () => {
    const agents = board(reported, unknownAgent('other'));
    agents.all(now);
    expect(agents.all(now + 3_000).map(({ key, urgent }) => [key, urgent])).toEqual([
      ['pricing_agent', false],
      ['other', false],
    ]);
    expect(agents.all(now + staleAfterMs)).toMatchObject([
      { key: 'pricing_agent', urgent: true, payload: { status: 'OFFLINE' } },
      { key: 'other', urgent: false },
    ]);
    expect(agents.all(now + staleAfterMs + 1)).toMatchObject([{ urgent: false }, { urgent: false }]);
  });

  test('shows between the times what changed only: urgent what was reported, not what is merely counted', () => {
    const agents = board(reported, unknownAgent('other'));
    agents.all(now);
    expect(agents.changed(now)).toEqual([]);
    agents.concerned('other');
    expect(agents.changed(now)).toMatchObject([{ key: 'other', urgent: true }]);
    agents.known([{ ...reported, decisions: 1 }, unknownAgent('other')]);
    expect(agents.changed(now)).toMatchObject([
      { key: 'pricing_agent', urgent: false, payload: { decisionCount: 1 } },
    ]);
  });
});
