import { describeCarrier } from './carrier.contract.ts';

describeCarrier('no carrier, which brings nothing', () =>
  Promise.resolve({
    connect: () =>
      Promise.resolve({
        sender: null,
        openCarrier: () => ({ name: 'POSTGRES', [Symbol.asyncDispose]: () => Promise.resolve() }),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    restart: null,
    silence: null,
  }),
);
