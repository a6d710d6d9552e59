import { fileURLToPath } from 'node:url';
import { writeDashboard } from '../dashboard/build.ts';

/** Writes the page beside the built program. `npm run build` runs it. */
await writeDashboard(fileURLToPath(new URL('../dist/dashboard', import.meta.url)));
