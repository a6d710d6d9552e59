import { sql, type Kysely } from 'kysely';

/** A downsampled history of the hosts' metrics, for charts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table host_samples (
    host_id text not null,
    at timestamptz not null,
    cpu_percent real,
    memory_percent real,
    disk_percent real,
    disk_read_mbs real,
    disk_write_mbs real,
    network_sent_mbs real,
    network_recv_mbs real,
    cpu_c real,
    primary key (host_id, at)
  )`.execute(db);
  await sql`create index host_samples_at on host_samples using brin (at)`.execute(db);
  await sql`comment on table host_samples is 'One row about every ten seconds and host.'`.execute(db);
}
