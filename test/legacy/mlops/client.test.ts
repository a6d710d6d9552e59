import { once } from 'node:events';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { createTestDatabase } from '../../_util/database.ts';
import { freePort } from '../../_util/process.ts';
import { publish } from '../_old-client.ts';
import { WebSocketManager } from './_manager.ts';
import { messages } from './_mlops.ts';

const quiet = { FEATURE_DATABASE_MONITORING: 'false' };

/** Code from the documentation of the dashboard, unchanged. */
const samples = {
  address: `
const WS_URL = 'ws://localhost:8001/ws';
`,
  handler: `
// Register WebSocket event handler
this.addWebSocketHandler('model_deployed', (data) => {
    this.handleModelDeployed(data);
});
`,
  simulation: `
// Simulate model deployment
wsManager.emit('model_deployed', {
    model_name: 'Test Model v1.0',
    model_accuracy: 0.95,
    deployment_timestamp: new Date().toISOString()
});

// Simulate training progress
wsManager.emit('training_progress', {
    progress: 50,
    stage: 'model_training',
    message: 'Training 50% complete'
});
`,
};

describe('the old dashboard', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ ...quiet, LEGACY_LISTENERS: 'mlops:0' }, { keep: true });
  });

  afterAll(() => app.stop());

  it('P1, P24: works unchanged at its documented address, and its simulated events can be published', async () => {
    const { listeners } = (await app.get('/info')).body as { listeners: { name: string; url: string }[] };
    const own = new URL(listeners.find(({ name }) => name === 'mlops')?.url ?? '').host;
    const address = runInNewContext(`${samples.address}; WS_URL`) as string;
    const wsManager = new WebSocketManager(address.replace('localhost:8001', own)); // tests use a free port

    const shown: Record<string, unknown>[] = [];
    const page = {
      addWebSocketHandler: (type: string, handler: (data: object) => void) => wsManager.on(type, handler),
      handleModelDeployed: (data: Record<string, unknown>) => shown.push(data),
    };
    runInNewContext(`(function () { ${samples.handler} })`).call(page);
    const simulated: Record<string, Record<string, unknown>> = {};
    const recorder = { emit: (type: string, data: Record<string, unknown>) => (simulated[type] = data) };
    runInNewContext(samples.simulation, { wsManager: recorder });

    wsManager.connect();
    await once(wsManager, 'system_metrics');
    const { model_deployed: deployed = {}, training_progress: training = {} } = simulated;
    const progressed = once(wsManager, 'training_progress');
    await publish(app, [
      {
        modelDeployed: {
          modelId: 'test_v1',
          modelName: deployed['model_name'],
          modelVersion: 'v1.0',
          accuracy: deployed['model_accuracy'],
          occurredAt: deployed['deployment_timestamp'],
        },
      },
    ]);
    await publish(app, [
      {
        trainingProgress: {
          runId: 'test run',
          progressPercent: training['progress'],
          stage: String(training['stage']).toUpperCase(),
          statusMessage: training['message'],
        },
      },
    ]);
    expect((await progressed)[0]).toMatchObject(training);
    while (shown.length === 0) await once(wsManager, 'model_deployed');
    expect(shown[0]).toMatchObject(deployed);
  });

  it('P2, P22: emits connected, disconnected, reconnecting and connected again when the server restarts', async () => {
    const database = await createTestDatabase();
    const port = String(await freePort());
    const given = { ...quiet, PORT: port };
    const before = await startTestApp(given, { database: database.connection, keep: true });
    const manager = new WebSocketManager(`${before.wsUrl}/ws`, { firstWaitMs: 400 });
    const events: string[] = [];
    for (const event of ['connected', 'disconnected', 'reconnecting', 'max_reconnect_attempts'])
      manager.on(event, () => events.push(event));
    manager.connect();
    await once(manager, 'system_metrics');
    await before.stop();
    const again = once(manager, 'connected');
    const after = await startTestApp(given, { database: database.connection, keep: true });
    await again;
    await once(manager, 'system_metrics');
    expect(events.slice(0, 3)).toEqual(['connected', 'disconnected', 'reconnecting']);
    expect(events.at(-1)).toBe('connected');
    expect(events).not.toContain('max_reconnect_attempts');
    manager.close();
    await after.stop();
    await database.drop();
  });

  it('P20, P22: stops reconnecting after five attempts with doubling delays, and then polls', async () => {
    const database = await createTestDatabase();
    const given = { ...quiet, PORT: String(await freePort()) };
    const before = await startTestApp(given, { database: database.connection, keep: true });
    await publish(before, [{ modelDeployed: { modelId: 'm', modelName: 'M', modelVersion: 'v1' } }]);
    const manager = new WebSocketManager(`${before.wsUrl}/ws`);
    const waits: number[] = [];
    manager.on('reconnecting', ({ waitMs }: { waitMs: number }) => waits.push(waitMs));
    manager.connect();
    await once(manager, 'system_metrics');
    const gaveUp = once(manager, 'max_reconnect_attempts');
    await before.stop();
    await gaveUp;
    expect(waits).toEqual([20, 40, 80, 160, 320]);
    const after = await startTestApp(given, { database: database.connection, keep: true });
    const polled = await Promise.all(
      ['/api/models', '/api/monitoring/system', '/api/activity'].map(
        async (path) => (await after.get(path)).body,
      ),
    );
    expect(polled).toMatchObject([
      [{ model_id: 'm', status: 'active' }],
      { total_models: 1 },
      [{ action_type: 'model_deployment' }],
    ]);
    await after.stop();
    await database.drop();
  });

  it('P3: measures the quality of its connection by its ping', async () => {
    const manager = new WebSocketManager(`${app.wsUrl}/ws`);
    manager.connect();
    await once(manager, 'system_metrics');
    expect(['excellent', 'good', 'fair', 'poor']).toContain(await manager.measure());
  });

  it('P21: calls no removed handler, and keeps the connection for the others', async () => {
    const manager = new WebSocketManager(`${app.wsUrl}/ws`);
    manager.connect();
    await once(manager, 'system_metrics');
    let heard = 0;
    const handler = (): void => void heard++;
    manager.on('activity_update', handler).off('activity_update', handler);
    const other = once(manager, 'activity_update');
    await publish(app, [{ activity: { title: 't', actionType: 'a', status: 's' } }]);
    await other;
    expect(heard).toBe(0);
  });

  it('P21: receives every key that the documented updates of its pages read', () => {
    const read: Readonly<Record<string, readonly string[]>> = {
      model_deployed: ['model_name', 'model_version', 'deployment_timestamp'],
      model_status_change: ['status', 'health_score'],
      prediction_volume: ['total_predictions', 'predictions_per_minute', 'milestone_reached'],
      training_progress: ['progress', 'stage', 'current_stage', 'message', 'estimated_time_remaining'],
      training_completed: ['final_accuracy', 'training_time', 'model_size'],
      training_failed: ['error', 'suggestions', 'stage_failed'],
      system_metrics: [
        'current_accuracy',
        'model_accuracy',
        'predictions_per_minute',
        'prediction_rate',
        'current_health',
        'cpu_percent',
        'memory_percent',
        'disk_percent',
        'active_connections',
      ],
    };
    for (const [type, keys] of Object.entries(read))
      expect(Object.keys(messages[type] ?? {})).toEqual(expect.arrayContaining([...keys]));
  });
});
