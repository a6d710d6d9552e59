/** A process of its own that starts an embedded PostgreSQL, says so in a line, and waits to be killed. */
import { startEmbedded } from '../../src/db/embedded.ts';
import { silentLog } from '../../src/log/log.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('needs a data directory');
const { connection } = await startEmbedded({ dataDir, log: silentLog });
console.log(JSON.stringify(connection));
