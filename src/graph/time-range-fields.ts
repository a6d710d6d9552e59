import type { InputFieldBuilder } from './producer-event.ts';

/** The fields `since` and `until` of a list's filter. @param items what they select: `runs that ended`. */
export function timeRangeFields(t: InputFieldBuilder, items: string) {
  return {
    since: t.field({ type: 'DateTime', description: `Only ${items} at or after this time.` }),
    until: t.field({ type: 'DateTime', description: `Only ${items} before this time.` }),
  };
}
