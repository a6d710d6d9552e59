/** True under `npm run test:long`: fault and fuzz suites then run many more cases than in `npm test`. */
export const longRun = process.env['LONG_RUN'] === 'true';

/** How many cases a fuzz or fault test runs: few in `npm test`, many under `npm run test:long`. */
export const runs = (short: number, long: number) => (longRun ? long : short);
