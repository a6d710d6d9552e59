import { sql, type Kysely } from 'kysely';

/** The index of a GPU on its host is no id. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update reported_hosts set gpu = jsonb_set(gpu, '{gpus}', coalesce((
      select jsonb_agg((one - 'gpuId') || jsonb_build_object('index', one -> 'gpuId') order by place)
      from jsonb_array_elements(gpu -> 'gpus') with ordinality as listed (one, place)
    ), '[]'))
    where gpu is not null`.execute(db);
}
