import { sql, type Kysely } from 'kysely';

/** Properties of stored events by topic: the old name and the new one. */
const payloads = [
  ['agents.events', 'stockoutIncidents', 'stockoutIncidentCount'],
  ['training.events', 'totalEpochs', 'epochCount'],
  ['models.events', 'totalPredictions', 'predictionCount'],
  ['models.events', 'milestoneReached', 'milestonePredictionCount'],
] as const;

/** Properties of the samples that hosts have reported. */
const hostNames: Readonly<Record<string, string>> = {
  cores: 'coreCount',
  sentPackets: 'sentPacketCount',
  receivedPackets: 'receivedPacketCount',
  sendErrors: 'sendErrorCount',
  receiveErrors: 'receiveErrorCount',
};

/** Every count is named `…Count`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [topic, from, to] of payloads)
    await sql`update events
      set payload = (payload - ${from}::text) || jsonb_build_object(${to}::text, payload -> ${from})
      where topic = ${topic} and payload ? ${from}`.execute(db);
  for (const column of ['progress', 'ending']) {
    const values = sql.ref(column);
    await sql`update training_runs
      set ${values} = (${values} - 'totalEpochs') || jsonb_build_object('epochCount', ${values} -> 'totalEpochs')
      where ${values} ? 'totalEpochs'`.execute(db);
  }
  await sql`alter table deployed_models rename column total_predictions to prediction_count`.execute(db);
  await sql`update kpis set name = 'stockoutIncidentCount' where name = 'stockoutIncidents'`.execute(db);
  await sql`update gauge_samples
    set numbers = (numbers - 'stockoutIncidents') || jsonb_build_object('stockoutIncidentCount', numbers -> 'stockoutIncidents')
    where gauge = 'kpis' and numbers ? 'stockoutIncidents'`.execute(db);
  await sql`update alert_rules set field = 'kpis.stockoutIncidentCount' where field = 'kpis.stockoutIncidents'`.execute(
    db,
  );
  const { rows } = await sql<{ host_id: string; info: Json; sample: Json }>`
    select host_id, info, sample from reported_hosts`.execute(db);
  for (const { host_id, info, sample } of rows)
    await sql`update reported_hosts set
        info = ${JSON.stringify(renamed(info))}::jsonb, sample = ${JSON.stringify(renamed(sample))}::jsonb
      where host_id = ${host_id}`.execute(db);
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The value with new names at every depth. */
function renamed(value: Json): Json {
  if (Array.isArray(value)) return value.map(renamed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [hostNames[name] ?? name, renamed(inner)]),
  );
}
