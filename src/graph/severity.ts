import { describedEnum } from './event-enum.ts';

export type Severity = 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

export const SeverityType = describedEnum<Severity>('Severity', 'How severe something is.', {
  INFO: 'As expected.',
  WARNING: 'Attention may be needed.',
  ERROR: 'Something failed.',
  CRITICAL: 'Something failed, and attention is needed immediately.',
});
