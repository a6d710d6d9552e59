import { describe, expect, test } from 'vitest';
import { createModelDirectory, type ModelDirectory, type ModelDirectoryOptions } from './directory.ts';
import {
  modelServerChanged,
  modelStatusChanged,
  type ModelServerStatus,
  type ModelStatus,
} from './events.ts';
import { ProbeFailure, type ProbedModel } from './probe.ts';

const REFUSED = new ProbeFailure('CONNECTION_REFUSED', 'refused the connection');

function directoryOf(options: Partial<ModelDirectoryOptions> = {}): ModelDirectory {
  return createModelDirectory({
    servers: [{ name: 'ollama', url: 'http://user:secret@127.0.0.1:11434/?key=secret', kind: 'OLLAMA' }],
    gpuMemoryTotalMb: () => null,
    hostMemoryTotalMb: 64_000,
    ...options,
  });
}

function model(name: string, values: Partial<ProbedModel> = {}): ProbedModel {
  return {
    name,
    title: null,
    status: 'LOADED',
    memoryUsageMb: null,
    onGpu: false,
    activeSessions: null,
    inferenceTimeMs: null,
    tokensPerSecond: null,
    ...values,
  };
}

let clock = 1_000_000;
function probe(directory: ModelDirectory, outcome: readonly ProbedModel[] | ProbeFailure, server = 'ollama') {
  directory.probed({ server, at: ++clock, responseTimeMs: 1.234, outcome });
}

/** Everything shown now by id; the ids of what is urgent; the types of the events, which are then stored. */
function look(directory: ModelDirectory) {
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
  test('makes an event when it is loaded and when it is unloaded, and only then', () => {
    const directory = directoryOf();
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(look(directory).events).toEqual([]);
    probe(directory, [model('a')]);
    probe(directory, [model('a')]);
    expect(look(directory).events).toEqual([['modelLoaded', 'ollama:a']]);
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(look(directory).events).toEqual([['modelUnloaded', 'ollama:a']]);
  });

  test('that disappears is unloaded if it was loaded, and then has no value', () => {
    const directory = directoryOf();
    probe(directory, [model('a'), model('b', { status: 'UNLOADED' })]);
    look(directory);
    probe(directory, []);
    const { models, events } = look(directory);
    expect(events).toEqual([['modelUnloaded', 'ollama:a']]);
    expect(models).toEqual({ 'ollama:a': null, 'ollama:b': null });
    expect(look(directory).models).toEqual({});
  });

  test('is urgent when anything but its measurements changed', () => {
    const directory = directoryOf();
    probe(directory, [model('a')]);
    expect(look(directory).urgent).toEqual(['ollama', 'ollama:a']);
    probe(directory, [
      model('a', { memoryUsageMb: 5, activeSessions: 2, tokensPerSecond: 3, inferenceTimeMs: 4 }),
    ]);
    expect(look(directory).urgent).toEqual([]);
    probe(directory, [model('a', { title: 'A' })]);
    expect(look(directory).urgent).toEqual(['ollama:a']);
    probe(directory, [model('a', { title: 'A', status: 'LOADING' })]);
    expect(look(directory).urgent).toEqual(['ollama:a']);
  });

  test('keeps its status when it is reported, and gets the measurements', () => {
    const directory = directoryOf();
    probe(directory, [model('a', { memoryUsageMb: 10 })]);
    look(directory);
    directory.report(
      { modelId: 'ollama:a', modelName: 'The A', status: 'UNLOADED', memoryUsageMb: 99, inferenceTimeMs: 7 },
      ++clock,
    );
    directory.report({ modelId: 'ollama:a', tokensPerSecond: 30.5, activeSessions: 2 }, ++clock);
    const { models, events } = look(directory);
    expect(models['ollama:a']).toEqual({
      modelId: 'ollama:a',
      modelName: 'The A',
      server: 'ollama',
      status: 'LOADED',
      memoryUsageMb: 10,
      memoryTotalMb: 64_000,
      inferenceTimeMs: 7,
      tokensPerSecond: 30.5,
      activeSessions: 2,
      updatedAt: clock,
      lastReportedAt: clock,
    });
    expect(events).toEqual([]);
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(look(directory).models['ollama:a']).toMatchObject({
      memoryUsageMb: null,
      memoryTotalMb: null,
      activeSessions: null,
      inferenceTimeMs: 7,
    });
  });

  test('has the memory of the graphics card that holds half of it, else that of this machine if the server runs here', () => {
    const servers = [
      { name: 'ollama', url: 'http://localhost:1', kind: 'OLLAMA' },
      { name: 'far', url: 'http://192.0.2.1', kind: 'OLLAMA' },
    ] as const;
    const directory = directoryOf({ servers, gpuMemoryTotalMb: () => 24_000 });
    probe(directory, [model('card', { onGpu: true }), model('board'), model('disk', { status: 'UNLOADED' })]);
    probe(directory, [model('card', { onGpu: true })], 'far');
    const { models } = look(directory);
    expect(models['ollama:card']?.memoryTotalMb).toBe(24_000);
    expect(models['ollama:board']?.memoryTotalMb).toBe(64_000);
    expect(models['ollama:disk']?.memoryTotalMb).toBeNull();
    expect(models['far:card']?.memoryTotalMb).toBeNull();
  });
});

describe('a server that does not answer', () => {
  test('makes one event, and one when it answers again', () => {
    const directory = directoryOf();
    probe(directory, REFUSED);
    probe(directory, new ProbeFailure('CONNECTION_TIMEOUT', 'slow'));
    const lost = look(directory);
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
    const found = look(directory);
    expect(found.events).toEqual([['modelServerRecovered', 'ollama']]);
    expect(found.servers).toMatchObject([
      { reachable: true, errorCode: null, errorMessage: null, responseTimeMs: 1.23 },
    ]);
  });

  test('makes no second event in the next process', () => {
    const directory = directoryOf({ knownUnreachable: ['ollama'] });
    probe(directory, REFUSED);
    expect(look(directory).events).toEqual([]);
    probe(directory, []);
    expect(look(directory).events).toEqual([['modelServerRecovered', 'ollama']]);
  });

  test('sets its loaded models to ERROR without unloading them, until it answers', () => {
    const directory = directoryOf();
    probe(directory, [model('a', { memoryUsageMb: 5 }), model('b', { status: 'UNLOADED' })]);
    look(directory);
    probe(directory, REFUSED);
    const lost = look(directory);
    expect(lost.models).toMatchObject({
      'ollama:a': { status: 'ERROR', memoryUsageMb: null },
      'ollama:b': { status: 'UNLOADED' },
    });
    expect(lost.urgent).toEqual(['ollama', 'ollama:a']);
    expect(lost.events).toEqual([['modelServerUnreachable', 'ollama']]);
    probe(directory, [model('a'), model('b', { status: 'UNLOADED' })]);
    const found = look(directory);
    expect(found.models).toMatchObject({ 'ollama:a': { status: 'LOADED' } });
    expect(found.events).toEqual([['modelServerRecovered', 'ollama']]);
  });

  test('unloads a model that is missing when it answers again', () => {
    const directory = directoryOf();
    probe(directory, [model('a')]);
    probe(directory, REFUSED);
    look(directory);
    probe(directory, [model('a', { status: 'UNLOADED' })]);
    expect(look(directory).events).toEqual([
      ['modelServerRecovered', 'ollama'],
      ['modelUnloaded', 'ollama:a'],
    ]);
  });
});

describe('a model that was loaded before this process', () => {
  const known = [
    { modelId: 'ollama:a', modelName: 'The A', status: 'LOADED', updatedAt: 50 },
    { modelId: 'ollama:b', modelName: null, status: 'UNLOADED', updatedAt: 50 },
  ] as const;

  test('makes no second event', () => {
    const directory = directoryOf({ known });
    probe(directory, [model('a'), model('b', { status: 'UNLOADED' })]);
    expect(look(directory).events).toEqual([]);
  });

  test('is compared with the first probe', () => {
    const directory = directoryOf({ known });
    probe(directory, [model('b'), model('c')]);
    const types = new Map(look(directory).events.map(([type, key]) => [key, type]));
    expect(Object.fromEntries(types)).toEqual({
      'ollama:a': 'modelUnloaded',
      'ollama:b': 'modelLoaded',
      'ollama:c': 'modelLoaded',
    });
  });

  test('has the status ERROR while its server has not answered yet', () => {
    const directory = directoryOf({ known });
    expect(look(directory).models).toEqual({});
    probe(directory, REFUSED);
    const { models, events } = look(directory);
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
    expect(look(directory).events).toEqual([['modelServerUnreachable', 'ollama']]);
    directory.report({ modelId: 'ollama:b', status: 'LOADED' }, 60);
    expect(look(directory).events).toEqual([['modelLoaded', 'ollama:b']]);

    const withoutServers = directoryOf({ known, servers: [] });
    withoutServers.report({ modelId: 'ollama:b', status: 'LOADED' }, 40);
    withoutServers.report({ modelId: 'ollama:a', status: 'LOADED' }, 50);
    const { models, events } = look(withoutServers);
    expect(Object.keys(models)).toEqual(['ollama:a']);
    expect(events).toEqual([]);
  });
});

describe('a reported model', () => {
  test('of a server that is not configured has the reported values', () => {
    const directory = directoryOf();
    directory.report({ modelId: 'lab:x', status: 'LOADING' }, 10);
    expect(look(directory)).toMatchObject({
      models: {
        'lab:x': { modelName: 'x', server: 'lab', status: 'LOADING', updatedAt: 10, lastReportedAt: 10 },
      },
      urgent: ['lab:x'],
      events: [],
    });
    directory.report({ modelId: 'lab:x', modelName: 'X', status: 'LOADED', memoryTotalMb: 5 }, 20);
    expect(look(directory).events).toEqual([['modelLoaded', 'lab:x']]);
    directory.report({ modelId: 'lab:x', status: 'UNLOADED' }, 30);
    const { models, events } = look(directory);
    expect(events).toEqual([['modelUnloaded', 'lab:x']]);
    expect(models['lab:x']).toMatchObject({ modelName: 'X', status: 'UNLOADED', memoryTotalMb: 5 });
  });

  test('gets from an older report only what the newer ones left out', () => {
    const directory = directoryOf();
    directory.report({ modelId: 'lab:x', status: 'UNLOADED', inferenceTimeMs: null }, 20);
    directory.report({ modelId: 'lab:x', status: 'LOADED', inferenceTimeMs: 5 }, 10);
    expect(look(directory).models['lab:x']).toMatchObject({
      status: 'UNLOADED',
      inferenceTimeMs: 5,
      updatedAt: 20,
    });
  });

  test('of a server that has not answered since has the reported values until it answers', () => {
    const directory = directoryOf();
    probe(directory, REFUSED);
    directory.report({ modelId: 'ollama:a', status: 'LOADED' }, ++clock);
    expect(look(directory).models).toMatchObject({ 'ollama:a': { status: 'LOADED' } });
    probe(directory, []);
    const { models, events } = look(directory);
    expect(models).toEqual({ 'ollama:a': null });
    expect(events).toContainEqual(['modelUnloaded', 'ollama:a']);
    directory.report({ modelId: 'ollama:a', status: 'LOADED' }, ++clock);
    expect(look(directory)).toMatchObject({ models: {}, events: [] });
  });

  test('needs no server in its name', () => {
    const directory = directoryOf();
    directory.report({ modelId: 'plain', tokensPerSecond: 3 }, 10);
    expect(look(directory).models['plain']).toMatchObject({
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
  expect(look(directory)).toMatchObject({ models: {}, events: [] });
});
