import { describe, expect, test } from 'vitest';
import { createModelDirectory, type ModelDirectory, type ModelDirectoryOptions } from './directory.ts';
import {
  modelServerChanged,
  modelStatusChanged,
  type ModelServerStatus,
  type ModelStatus,
  type ProbedModel,
} from './events.ts';
import { ProbeFailure } from './probe.ts';

const REFUSED = new ProbeFailure('CONNECTION_REFUSED', 'refused the connection');

function directoryOf(options: Partial<ModelDirectoryOptions> = {}): ModelDirectory {
  return createModelDirectory({
    servers: [{ name: 'ollama', url: 'http://user:secret@127.0.0.1:11434/?key=secret', kind: 'OLLAMA' }],
    gpuMemoryTotalBytes: () => null,
    hostMemoryTotalBytes: 64_000,
    ...options,
  });
}

function model(name: string, values: Partial<ProbedModel> = {}): ProbedModel {
  return {
    name,
    title: null,
    status: 'LOADED',
    memoryUsedBytes: null,
    onGpu: false,
    activeSessionCount: null,
    inferenceTimeMs: null,
    tokensPerSecond: null,
    ...values,
  };
}

let clock = 1_000_000;
function probe(directory: ModelDirectory, outcome: readonly ProbedModel[] | ProbeFailure, server = 'ollama') {
  directory.probed({ server, at: ++clock, responseTimeMs: 1.234, outcome });
}

/** All gauges, the keys of urgent ones, and the pending events, which are then marked as stored. */
function take(directory: ModelDirectory) {
  const gauges = directory.gauges();
  const ofModels = gauges.filter(({ topic }) => topic.name === modelStatusChanged.name);
  const events = directory.pending();
  directory.recorded(events);
  return {
    models: Object.fromEntries(ofModels.map(({ key, payload }) => [key, payload as ModelStatus | null])),
    urgent: gauges.filter(({ urgent }) => urgent).map(({ key }) => key),
    servers: gauges
      .filter(({ topic }) => topic.name === modelServerChanged.name)
      .map(({ payload }) => payload as ModelServerStatus),
    events: events.map(({ type, key }) => [type, key]),
  };
}

describe('a probed model', () => {
  test('causes an event when it is loaded and when it is unloaded, and no others', () => {
    const directory = directoryOf();
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(take(directory).events).toEqual([]);
    probe(directory, [model('a')]);
    probe(directory, [model('a')]);
    expect(take(directory).events).toEqual([['modelLoaded', 'ollama:a']]);
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(take(directory).events).toEqual([['modelUnloaded', 'ollama:a']]);
  });

  test('that the server no longer lists is unloaded if it was loaded, and its gauge is removed', () => {
    const directory = directoryOf();
    probe(directory, [model('a'), model('b', { status: 'UNLOADED' })]);
    take(directory);
    probe(directory, []);
    const { models, events } = take(directory);
    expect(events).toEqual([['modelUnloaded', 'ollama:a']]);
    expect(models).toEqual({ 'ollama:a': null, 'ollama:b': null });
    expect(take(directory).models).toEqual({});
  });

  test('is urgent when more than its measurements has changed', () => {
    const directory = directoryOf();
    probe(directory, [model('a')]);
    expect(take(directory).urgent).toEqual(['ollama', 'ollama:a']);
    probe(directory, [
      model('a', { memoryUsedBytes: 5, activeSessionCount: 2, tokensPerSecond: 3, inferenceTimeMs: 4 }),
    ]);
    expect(take(directory).urgent).toEqual([]);
    probe(directory, [model('a', { title: 'A' })]);
    expect(take(directory).urgent).toEqual(['ollama:a']);
    probe(directory, [model('a', { title: 'A', status: 'LOADING' })]);
    expect(take(directory).urgent).toEqual(['ollama:a']);
  });

  test('gets measurements from reports, but no status', () => {
    const directory = directoryOf();
    probe(directory, [model('a', { memoryUsedBytes: 10 })]);
    take(directory);
    directory.report(
      {
        modelId: 'ollama:a',
        modelName: 'The A',
        status: 'UNLOADED',
        memoryUsedBytes: 99,
        inferenceTimeMs: 7,
      },
      ++clock,
    );
    directory.report({ modelId: 'ollama:a', tokensPerSecond: 30.5, activeSessionCount: 2 }, ++clock);
    const { models, events } = take(directory);
    expect(models['ollama:a']).toEqual({
      modelId: 'ollama:a',
      modelName: 'The A',
      server: 'ollama',
      status: 'LOADED',
      memoryUsedBytes: 10,
      memoryTotalBytes: 64_000,
      inferenceTimeMs: 7,
      tokensPerSecond: 30.5,
      activeSessionCount: 2,
      updatedAt: clock,
      lastReportedAt: clock,
    });
    expect(events).toEqual([]);
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(take(directory).models['ollama:a']).toMatchObject({
      memoryUsedBytes: null,
      memoryTotalBytes: null,
      activeSessionCount: null,
      inferenceTimeMs: 7,
    });
  });

  test('of a local server has the total memory of the GPU that holds half of it, or else of the host', () => {
    const servers = [
      { name: 'ollama', url: 'http://localhost:1', kind: 'OLLAMA' },
      { name: 'far', url: 'http://192.0.2.1', kind: 'OLLAMA' },
    ] as const;
    const directory = directoryOf({ servers, gpuMemoryTotalBytes: () => 24_000 });
    probe(directory, [model('card', { onGpu: true }), model('board'), model('disk', { status: 'UNLOADED' })]);
    probe(directory, [model('card', { onGpu: true })], 'far');
    const { models } = take(directory);
    expect(models['ollama:card']?.memoryTotalBytes).toBe(24_000);
    expect(models['ollama:board']?.memoryTotalBytes).toBe(64_000);
    expect(models['ollama:disk']?.memoryTotalBytes).toBeNull();
    expect(models['far:card']?.memoryTotalBytes).toBeNull();
  });
});

describe('a server that does not respond', () => {
  test('causes one event, and one when it responds again', () => {
    const directory = directoryOf();
    probe(directory, REFUSED);
    probe(directory, new ProbeFailure('CONNECTION_TIMEOUT', 'slow'));
    const lost = take(directory);
    expect(lost.events).toEqual([['modelServerUnreachable', 'ollama']]);
    expect(lost.servers).toEqual([
      {
        server: 'ollama',
        url: 'http://127.0.0.1:11434',
        kind: 'OLLAMA',
        reachable: false,
        errorCode: 'CONNECTION_TIMEOUT',
        errorMessage: 'slow',
        lastProbeAt: clock,
        responseTimeMs: null,
      },
    ]);
    probe(directory, []);
    probe(directory, []);
    const found = take(directory);
    expect(found.events).toEqual([['modelServerRecovered', 'ollama']]);
    expect(found.servers).toMatchObject([
      { reachable: true, errorCode: null, errorMessage: null, responseTimeMs: 1.23 },
    ]);
  });

  test('causes no second event in the next process', () => {
    const directory = directoryOf({ knownUnreachable: ['ollama'] });
    probe(directory, REFUSED);
    expect(take(directory).events).toEqual([]);
    probe(directory, []);
    expect(take(directory).events).toEqual([['modelServerRecovered', 'ollama']]);
  });

  test('sets its loaded models to ERROR without unloading them, until it responds', () => {
    const directory = directoryOf();
    probe(directory, [model('a', { memoryUsedBytes: 5 }), model('b', { status: 'UNLOADED' })]);
    take(directory);
    probe(directory, REFUSED);
    const lost = take(directory);
    expect(lost.models).toMatchObject({
      'ollama:a': { status: 'ERROR', memoryUsedBytes: null },
      'ollama:b': { status: 'UNLOADED' },
    });
    expect(lost.urgent).toEqual(['ollama', 'ollama:a']);
    expect(lost.events).toEqual([['modelServerUnreachable', 'ollama']]);
    probe(directory, [model('a'), model('b', { status: 'UNLOADED' })]);
    const found = take(directory);
    expect(found.models).toMatchObject({ 'ollama:a': { status: 'LOADED' } });
    expect(found.events).toEqual([['modelServerRecovered', 'ollama']]);
  });

  test('unloads a model that is no longer loaded when it responds again', () => {
    const directory = directoryOf();
    probe(directory, [model('a')]);
    probe(directory, REFUSED);
    take(directory);
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(take(directory).events).toEqual([
      ['modelServerRecovered', 'ollama'],
      ['modelUnloaded', 'ollama:a'],
    ]);
  });
});

describe('a model that was loaded before the start of the process', () => {
  const known = [
    { modelId: 'ollama:a', modelName: 'The A', status: 'LOADED', updatedAt: 50 },
    { modelId: 'ollama:b', modelName: null, status: 'UNLOADED', updatedAt: 50 },
  ] as const;

  test('causes no second event', () => {
    const directory = directoryOf({ known });
    probe(directory, [model('a'), model('b', { status: 'UNLOADED' })]);
    expect(take(directory).events).toEqual([]);
  });

  test('is unloaded if the first probe does not list it as loaded', () => {
    const directory = directoryOf({ known });
    probe(directory, [model('b'), model('c')]);
    const types = new Map(take(directory).events.map(([type, key]) => [key, type]));
    expect(Object.fromEntries(types)).toEqual({
      'ollama:a': 'modelUnloaded',
      'ollama:b': 'modelLoaded',
      'ollama:c': 'modelLoaded',
    });
  });

  test('has the status ERROR if the first probe of its server fails', () => {
    const directory = directoryOf({ known });
    expect(take(directory).models).toEqual({});
    probe(directory, REFUSED);
    const { models, events } = take(directory);
    expect(models).toMatchObject({
      'ollama:a': { status: 'ERROR', modelName: 'The A', lastReportedAt: null },
    });
    expect(Object.keys(models)).toEqual(['ollama:a']);
    expect(events).toEqual([['modelServerUnreachable', 'ollama']]);
  });

  test('is not changed by an older report', () => {
    const directory = directoryOf({ known });
    directory.report({ modelId: 'ollama:b', status: 'LOADED' }, 40);
    probe(directory, REFUSED);
    expect(take(directory).events).toEqual([['modelServerUnreachable', 'ollama']]);
    directory.report({ modelId: 'ollama:b', status: 'LOADED' }, 60);
    expect(take(directory).events).toEqual([['modelLoaded', 'ollama:b']]);

    const withoutServers = directoryOf({ known, servers: [] });
    withoutServers.report({ modelId: 'ollama:b', status: 'LOADED' }, 40);
    withoutServers.report({ modelId: 'ollama:a', status: 'LOADED' }, 50);
    const { models, events } = take(withoutServers);
    expect(Object.keys(models)).toEqual(['ollama:a']);
    expect(events).toEqual([]);
  });
});

describe('a reported model', () => {
  test('of a server that is not configured has the reported values', () => {
    const directory = directoryOf();
    directory.report({ modelId: 'lab:x', status: 'LOADING' }, 10);
    expect(take(directory)).toMatchObject({
      models: {
        'lab:x': { modelName: 'x', server: 'lab', status: 'LOADING', updatedAt: 10, lastReportedAt: 10 },
      },
      urgent: ['lab:x'],
      events: [],
    });
    directory.report({ modelId: 'lab:x', modelName: 'X', status: 'LOADED', memoryTotalBytes: 5 }, 20);
    expect(take(directory).events).toEqual([['modelLoaded', 'lab:x']]);
    directory.report({ modelId: 'lab:x', status: 'UNLOADED' }, 30);
    const { models, events } = take(directory);
    expect(events).toEqual([['modelUnloaded', 'lab:x']]);
    expect(models['lab:x']).toMatchObject({ modelName: 'X', status: 'UNLOADED', memoryTotalBytes: 5 });
  });

  test('gets from an older report only values that newer reports omit', () => {
    const directory = directoryOf();
    directory.report({ modelId: 'lab:x', status: 'UNLOADED', inferenceTimeMs: null }, 20);
    directory.report({ modelId: 'lab:x', status: 'LOADED', inferenceTimeMs: 5 }, 10);
    expect(take(directory).models['lab:x']).toMatchObject({
      status: 'UNLOADED',
      inferenceTimeMs: 5,
      updatedAt: 20,
    });
  });

  test('of a server that has not responded since has the reported values until it responds', () => {
    const directory = directoryOf();
    probe(directory, REFUSED);
    directory.report({ modelId: 'ollama:a', status: 'LOADED' }, ++clock);
    expect(take(directory).models).toMatchObject({ 'ollama:a': { status: 'LOADED' } });
    probe(directory, []);
    const { models, events } = take(directory);
    expect(models).toEqual({ 'ollama:a': null });
    expect(events).toContainEqual(['modelUnloaded', 'ollama:a']);
    directory.report({ modelId: 'ollama:a', status: 'LOADED' }, ++clock);
    expect(take(directory)).toMatchObject({ models: {}, events: [] });
  });

  test('can have an id without a server', () => {
    const directory = directoryOf();
    directory.report({ modelId: 'plain', tokensPerSecond: 3 }, 10);
    expect(take(directory).models['plain']).toMatchObject({
      modelName: 'plain',
      server: '',
      status: 'LOADED',
    });
  });
});

test('keeps events with the same ids until they are stored', () => {
  const directory = directoryOf();
  probe(directory, [model('a')]);
  const first = directory.pending();
  probe(directory, [model('a'), model('b')]);
  const second = directory.pending();
  expect(second.map(({ key }) => key)).toEqual(['ollama:a', 'ollama:b']);
  expect(second[0]).toEqual(first[0]);
  directory.recorded(first);
  expect(directory.pending()).toEqual(second.slice(1));
});

test('ignores servers that are not configured', () => {
  const directory = directoryOf();
  probe(directory, [model('a')], 'other');
  expect(take(directory)).toMatchObject({ models: {}, events: [] });
});
