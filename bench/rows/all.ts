import type { Row } from '../lib/row.ts';
import { f1 } from './f1.ts';
import { f2 } from './f2.ts';
import { f3 } from './f3.ts';
import { f4 } from './f4.ts';
import { f5 } from './f5.ts';
import { f6 } from './f6.ts';
import { f7 } from './f7.ts';
import { f8 } from './f8.ts';
import { f9 } from './f9.ts';
import { f10 } from './f10.ts';
import { f11 } from './f11.ts';
import { f12 } from './f12.ts';
import { f13 } from './f13.ts';
import { f14 } from './f14.ts';
import { f15 } from './f15.ts';
import { f21 } from './f21.ts';
import { f22 } from './f22.ts';
import { f23 } from './f23.ts';

export const rows: readonly Row[] = [
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  f13,
  f14,
  f15,
  f21,
  f22,
  f23,
];
