import { every, type Draft } from '../../journal/topic.ts';

/** Which alerts a silence applies to: those that match all members that are not null. */
export interface SilenceMatcher {
  readonly alertIds: readonly string[] | null;
  readonly alertTypes: readonly string[] | null;
  readonly severities: readonly string[] | null;
  readonly providers: readonly string[] | null;
  readonly agentIds: readonly string[] | null;
  readonly subjects: readonly string[] | null;
  readonly sources: readonly string[] | null;
  /** Labels that the alert has among its labels. */
  readonly labels: Readonly<Record<string, string>> | null;
}

/** Times are Unix milliseconds. */
export interface SilenceRecord {
  readonly silenceId: string;
  readonly matcher: SilenceMatcher;
  readonly reason: string;
  readonly until: number;
  /** The subject of a credential. */
  readonly createdBy: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  /** The subject of the credential that ended the silence; null if it ended at `until`. */
  readonly endedBy: string | null;
}

export interface SilenceChange {
  /** The silence after the change. */
  readonly silence: SilenceRecord;
  /** The subject of a credential; null if the silence ended at `until`. */
  readonly by: string | null;
}

export type SilenceState = 'ACTIVE' | 'ENDED';

export type SilenceEventType = 'silenceCreated' | 'silenceUpdated' | 'silenceEnded';

/** Keyed by silence id. */
export const silenceEvents = every<SilenceChange>('alerts.silences');

export function silenceDraft(type: SilenceEventType, payload: SilenceChange): Draft<SilenceChange> {
  return { topic: silenceEvents, key: payload.silence.silenceId, type, payload };
}
