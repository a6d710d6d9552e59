/** What the process may hold in memory on behalf of its clients. */
import { wholeNumber } from './values.ts';
import type { Variables } from './variables.ts';
import type { AddressBound } from '../lib/places.ts';

export interface MemoryConfig {
  readonly budgetBytes: number;
  /** What the open subscriptions of one address may hold, in bytes. */
  readonly perAddress: AddressBound;
}

const MIB = 1024 * 1024;
const MIB_MAX = 1024 * 1024;
const BUDGET_MIB = 768;
/** Of the budget. */
const PER_ADDRESS_SHARE = 1 / 16;

export function readMemory(vars: Variables): MemoryConfig {
  const budgetBytes = vars.read('MEMORY_BUDGET_MB', wholeNumber(1, MIB_MAX), BUDGET_MIB) * MIB;
  const perAddress = vars.read('MEMORY_BUDGET_MB_PER_IP', wholeNumber(1, MIB_MAX), null);
  return {
    budgetBytes,
    // This computer is bound only on purpose: it may be a proxy with all its clients behind it.
    perAddress: {
      max: perAddress === null ? Math.floor(budgetBytes * PER_ADDRESS_SHARE) : perAddress * MIB,
      loopback: perAddress !== null,
    },
  };
}
