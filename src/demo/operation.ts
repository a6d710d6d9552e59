import { Rejected } from './server.ts';
import { between, event, oneOf, type Shop } from './shop.ts';

/** The parts of the shop besides its agents. Each is a loop; in a short round each runs once. */
export const operation: readonly ((shop: Shop) => Promise<void>)[] = [
  business,
  training,
  serving,
  uploads,
  notices,
];

const modelId = 'demo-demand-forecast';
const modelName = 'Demand forecast (demo)';

/**
 * Business KPIs, reported by the mutation instead of the HTTP route for producers: the same batch, the same response.
 */
async function business(shop: Shop): Promise<void> {
  let [totalRevenue, stockoutIncidentCount] = [between(90_000, 140_000), 0];
  do {
    totalRevenue += between(20, 400);
    if (Math.random() < 0.1) stockoutIncidentCount += 1;
    const kpi = event('kpi', {
      totalRevenue,
      totalProfit: Math.round(totalRevenue * between(0.3, 0.4)),
      inventoryTurnover: between(7, 9),
      stockoutIncidentCount,
      wasteReductionPercent: between(12, 18),
      priceOptimizationScore: between(0.8, 0.95),
      promotionEffectiveness: between(0.6, 0.8),
      agentCollaborationScore: between(0.85, 0.95),
    });
    const { publish } = await shop.server.ask<{ publish: { message?: string } }>(
      'mutation ($input: PublishInput!) { publish(input: $input) { ... on InvalidInput { message } } }',
      { input: { events: [kpi] } },
    );
    if (publish.message !== undefined) throw new Rejected(publish.message);
    await shop.pause(5_000);
  } while (!shop.once);
}

const stages = ['DATA_PREPARATION', 'FEATURE_ENGINEERING', 'MODEL_TRAINING', 'VALIDATION', 'FINALIZATION'];
const epochCount = 20;

/** A training run from start to end; its model is deployed. Occasionally a run fails. */
async function training(shop: Shop): Promise<void> {
  for (let version = 1; ; version += 1) {
    const runId = shop.newId('run');
    const about = { runId, modelId };
    const startedAt = Date.now();
    const fails = !shop.once && Math.random() < 0.2;
    shop.atEnd(runId, () => event('trainingFailed', { ...about, error: 'The demo was stopped.' }));
    for (let progress = 0; progress < 100; progress += shop.once ? 20 : 4) {
      const stage = stages[Math.floor(progress / 20)];
      const currentEpoch = Math.floor((progress / 100) * epochCount);
      const currentLoss = 0.5 / (1 + currentEpoch);
      if (fails && progress > 50) break;
      await shop.report(
        event('trainingProgress', {
          ...about,
          progressPercent: progress,
          stage,
          currentEpoch,
          epochCount,
          currentLoss,
        }),
      );
      await shop.pause(between(500, 1_500));
    }
    if (fails) {
      await shop.report(
        event('trainingFailed', {
          ...about,
          error: 'Not enough memory for this batch size',
          errorCode: 'MEMORY_ERROR',
          stageFailed: 'MODEL_TRAINING',
          failedAtPercent: 52,
          suggestions: ['Reduce the batch size', 'Use a smaller dataset'],
        }),
      );
    } else {
      const accuracy = between(0.9, 0.97);
      await shop.report(
        event('trainingCompleted', {
          ...about,
          finalAccuracy: accuracy,
          validationScore: accuracy,
          trainingTimeMs: Date.now() - startedAt,
          modelSizeBytes: 2_411_724,
          epochCount,
        }),
        event('modelDeployed', {
          modelId,
          modelName,
          modelVersion: `v1.${version}`,
          accuracy,
        }),
      );
      shop.say(`${modelName} v1.${version} is deployed`);
    }
    shop.ended(runId);
    if (shop.once) return;
    await shop.pause(between(10_000, 20_000));
  }
}

/** A deployed model: its predictions and its status. */
async function serving(shop: Shop): Promise<void> {
  do {
    const at = new Date().toISOString();
    await shop.report(
      event('predictions', {
        modelId,
        predictionCount: Math.ceil(between(1, 40)),
        avgResponseTimeMs: between(20, 60),
      }),
      event('modelStatus', {
        modelId,
        operationalStatus: 'ACTIVE',
        healthScore: between(0.9, 1),
        lastPredictionAt: at,
      }),
    );
    await shop.pause(between(4_000, 8_000));
  } while (!shop.once);
}

/** A file that is uploaded in parts and validated. */
async function uploads(shop: Shop): Promise<void> {
  do {
    const filename = `${oneOf(['sales', 'stock', 'customers'])}-demo.csv`;
    const file = { uploadId: shop.newId('upload'), filename };
    const totalBytes = Math.ceil(between(1, 5)) * 1_048_576;
    for (let part = 0; part <= 4; part += 1) {
      await shop.report(
        event('uploadProgress', { ...file, uploadedBytes: (totalBytes / 4) * part, totalBytes }),
      );
      await shop.pause(between(500, 1_000));
    }
    const isBroken = !shop.once && Math.random() < 0.2;
    await shop.report(
      event('fileValidated', {
        ...file,
        fileSizeBytes: totalBytes,
        validationTimeMs: between(0.5, 2),
        ...(isBroken
          ? { status: 'ERROR', error: 'Row 17 has 11 columns instead of 12' }
          : { status: 'SUCCESS', rowCount: 10_000, columnCount: 12, summary: `Made up: ${filename}` }),
      }),
      event('activity', {
        title: 'Data imported',
        description: filename,
        user: 'demo',
        actionType: 'data_import',
        status: isBroken ? 'failed' : 'completed',
      }),
    );
    await shop.pause(between(15_000, 30_000));
  } while (!shop.once);
}

/** Notifications of a system to its operators, and occasionally an alert, which resolves itself. */
async function notices(shop: Shop): Promise<void> {
  do {
    await shop.report(
      event('systemEvent', {
        eventType: 'prices_synchronized',
        title: 'Prices synchronized',
        message: 'All made-up prices have reached the made-up tills.',
        source: 'demo',
      }),
    );
    if (shop.once || Math.random() < 0.3)
      await shop.report(
        event('alert', {
          alertType: 'demo_low_stock',
          severity: 'WARNING',
          title: 'Low stock (demo)',
          message: 'A made-up article is nearly sold out.',
          source: 'demo',
          autoDismiss: true,
          actions: ['Restock'],
        }),
      );
    await shop.pause(between(10_000, 20_000));
  } while (!shop.once);
}
