import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { exposedType, idList, listOf, of } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { SeverityType } from '../../graph/severity.ts';
import { isStorable } from '../../lib/storable.ts';
import { timeOrderedId } from '../../lib/time-ordered-id.ts';
import { ownAudit, type OwnAuditType } from '../governance/events.ts';
import { labelsBounds } from '../metrics/filter.graph.ts';
import { Alert, nameBounds, validLabels } from './alerts.graph.ts';
import { silencedAlert, updatedAlert, type AlertRecord } from './events.ts';
import { alertIdsBounds, alertsMax } from './mutations.graph.ts';
import {
  silenceDraft,
  type SilenceEventType,
  type SilenceMatcher,
  type SilenceRecord,
} from './silences.events.ts';
import { matchAll, Silence, silenceTexts } from './silences.graph.ts';
import {
  changeSilence,
  countActiveSilences,
  insertSilence,
  silenceAlerts,
  unsilenceAlerts,
} from './silences.store.ts';
import { readAlerts, readAlertsAt } from './store.ts';

/** Silences that have not ended. Every alert that is raised is compared with each of them. */
const silencesMax = 500;
/** The silences are read for each batch of alerts. */
const matcherCharsMax = 8_192;
const durationMsMax = 366 * 24 * 3_600_000;
const itemsBounds = { items: [1, 100], ...nameBounds } as const;
const reasonBounds = { chars: [1, 500] } as const;
const endsAtText = `${silenceTexts.endsAt} In the future, at most 366 days from now.`;

/** A change of a silence, with the alerts that it silences or unsilences. */
interface SilenceResult {
  readonly silence: SilenceRecord;
  readonly alerts: readonly AlertRecord[];
}

interface SnoozeResult extends SilenceResult {
  readonly unchangedIds: readonly string[];
  readonly notFoundIds: readonly string[];
}

const MatcherInput = builder.inputType('SilenceMatcherInput', {
  description: `Which alerts a silence applies to. ${matchAll} At least one must be given.`,
  fields: (t) => ({
    alertTypes: t.stringList({ bounds: itemsBounds, description: silenceTexts.alertTypes }),
    severities: t.field({
      type: [SeverityType],
      bounds: { items: [1, 4] },
      description: silenceTexts.severities,
    }),
    providerNames: t.stringList({ bounds: itemsBounds, description: silenceTexts.providerNames }),
    agentIds: t.idList({ bounds: itemsBounds, description: silenceTexts.agentIds }),
    subjects: t.stringList({
      bounds: { items: [1, 100], chars: [1, 2_048] },
      description: silenceTexts.subjects,
    }),
    sources: t.stringList({ bounds: itemsBounds, description: silenceTexts.sources }),
    labels: t.field({ type: 'JSON', bounds: labelsBounds, description: silenceTexts.labels }),
  }),
});

const silenceField = of(Silence, 'The silence after the change.');

const CreateSilenceInput = builder.inputType('CreateSilenceInput', {
  description: 'The properties of a new silence.',
  fields: (t) => ({
    matcher: t.field({
      type: MatcherInput,
      required: true,
      description: 'The alerts to which the silence applies, now and later.',
    }),
    endsAt: t.field({ type: 'DateTime', required: true, description: endsAtText }),
    reason: t.string({ required: true, bounds: reasonBounds, description: silenceTexts.reason }),
  }),
});

const someAlerts = `At most ${alertsMax}: the server changes further alerts within seconds.`;

builder.mutationField('createSilence', (t) =>
  t.field({
    type: exposedType<SilenceResult>('CreateSilenceSuccess', 'The silence applies.', {
      silence: silenceField,
      alerts: listOf(Alert, `The alerts, not resolved, that are silenced now. ${someAlerts}`),
    }),
    requires: 'execute',
    description:
      'Silences alerts: those that exist and are not resolved, and those that are raised before the silence ends. At most ' +
      `${silencesMax} silences are active at a time. Audited as \`silence_created\`.`,
    args: {
      input: t.arg({
        type: CreateSilenceInput,
        required: true,
        description: 'Which alerts, until when, and why.',
      }),
    },
    errors: { types: [InvalidInput], directResult: true },
    resolve: (_root, { input: { matcher, endsAt: until, reason } }, context) => {
      const wanted = validMatcher(matcher);
      return transact(context, 'silence_created', (db) =>
        create(db, context, { matcher: wanted, until, reason }),
      );
    },
  }),
);

const UpdateSilenceInput = builder.inputType('UpdateSilenceInput', {
  description: 'A change of an active silence. Members that are not given do not change.',
  fields: (t) => ({
    silenceId: t.id({ required: true, description: 'Identifies the silence.' }),
    endsAt: t.field({ type: 'DateTime', description: endsAtText }),
    reason: t.string({ bounds: reasonBounds, description: silenceTexts.reason }),
  }),
});

builder.mutationField('updateSilence', (t) =>
  t.field({
    type: exposedType<SilenceResult>('UpdateSilenceSuccess', 'The silence has the given end and reason.', {
      silence: silenceField,
    }),
    requires: 'execute',
    description:
      'Extends or shortens an active silence, or changes its reason. Its matcher cannot change: end the silence and create ' +
      'another. Audited as `silence_updated`.',
    args: { input: t.arg({ type: UpdateSilenceInput, required: true, description: 'What to change.' }) },
    errors: { types: [InvalidInput, NotFound], directResult: true },
    resolve: (_root, { input: { silenceId, endsAt: until, reason } }, context) => {
      if (until) requireFuture(until);
      if (reason) requireStorable('reason', reason);
      return transact(context, 'silence_updated', async (db) => {
        const change = { ...(until && { until }), ...(reason && { reason }), updated_at: new Date() };
        return { silence: await changed(db, silenceId, change), alerts: [] };
      });
    },
  }),
);

const ExpireSilenceInput = builder.inputType('ExpireSilenceInput', {
  description: 'Selects one active silence.',
  fields: (t) => ({ silenceId: t.id({ required: true, description: 'Identifies the silence.' }) }),
});

builder.mutationField('expireSilence', (t) =>
  t.field({
    type: exposedType<SilenceResult>('ExpireSilenceSuccess', 'The silence has ended.', {
      silence: silenceField,
      alerts: listOf(
        Alert,
        `The alerts, not resolved, to which no silence applies now, or another one. ${someAlerts}`,
      ),
    }),
    requires: 'execute',
    description: 'Ends an active silence before its time. Audited as `silence_ended`.',
    args: {
      input: t.arg({ type: ExpireSilenceInput, required: true, description: 'Which silence to end.' }),
    },
    errors: { types: [NotFound], directResult: true },
    resolve: (_root, { input: { silenceId } }, context) =>
      transact(context, 'silence_ended', async (db) => {
        const now = new Date();
        const end = { updated_at: now, ended_at: now, ended_by: context.viewer.subject };
        const silence = await changed(db, silenceId, end);
        return { silence, alerts: await readAlertsAt(db, await unsilenceAlerts(db, alertsMax)) };
      }),
  }),
);

const SnoozeAlertsInput = builder.inputType('SnoozeAlertsInput', {
  description: 'The alerts to snooze, and until when.',
  fields: (t) => ({
    alertIds: t.idList({
      required: true,
      bounds: alertIdsBounds,
      description: 'Ids, `alert_YYYYMMDD_NNN`, or numbers of alerts.',
    }),
    endsAt: t.field({ type: 'DateTime', required: true, description: endsAtText }),
    reason: t.string({ required: true, bounds: reasonBounds, description: silenceTexts.reason }),
  }),
});

builder.mutationField('snoozeAlerts', (t) =>
  t.field({
    type: exposedType<SnoozeResult>(
      'SnoozeAlertsSuccess',
      'The alerts are silenced, except for those that do not exist or are resolved.',
      {
        silence: of(Silence, 'The silence of these alerts. `expireSilence` ends it early.'),
        alerts: listOf(Alert, 'The alerts that are silenced now.'),
        unchangedIds: idList('Ids of alerts that are resolved, or that another silence applies to.'),
        notFoundIds: idList('Given ids and numbers for which there is no alert.'),
      },
    ),
    requires: 'execute',
    description:
      'Silences single alerts for a while, with a silence that matches their ids. An alert that is resolved and raised again ' +
      'is a new alert, which the silence does not match. Audited as `silence_created`.',
    args: {
      input: t.arg({
        type: SnoozeAlertsInput,
        required: true,
        description: 'Which alerts, until when, and why.',
      }),
    },
    errors: { types: [InvalidInput], directResult: true },
    resolve: (_root, { input: { alertIds: given, endsAt: until, reason } }, context) =>
      transact(context, 'silence_created', async (db): Promise<SnoozeResult> => {
        const found = await readAlerts(db, given);
        const alertIds = found.filter(({ resolvedAt }) => resolvedAt === null).map((alert) => alert.id);
        if (alertIds.length === 0)
          throw new InvalidInput('alertIds', 'ids of at least one alert that is not resolved');
        const result = await create(db, context, { matcher: { ...matchesAll, alertIds }, until, reason });
        const silenced = new Set(result.alerts.map((alert) => alert.id));
        const known = new Set(found.flatMap((alert) => [alert.id, String(alert.number)]));
        return {
          ...result,
          unchangedIds: found.map((alert) => alert.id).filter((id) => !silenced.has(id)),
          notFoundIds: [...new Set(given)].filter((id) => !known.has(id)),
        };
      }),
  }),
);

const matchesAll: SilenceMatcher = {
  alertIds: null,
  alertTypes: null,
  severities: null,
  providers: null,
  agentIds: null,
  subjects: null,
  sources: null,
  labels: null,
};

/** @throws InvalidInput */
function validMatcher(given: typeof MatcherInput.$inferInput): SilenceMatcher {
  const { alertTypes, severities, providerNames, agentIds, subjects, sources, labels } = given;
  const matcher = {
    alertIds: null,
    alertTypes: alertTypes ?? null,
    severities: severities ?? null,
    providers: providerNames ?? null,
    agentIds: agentIds ?? null,
    subjects: subjects ?? null,
    sources: sources ?? null,
    labels: labels === null || labels === undefined ? null : validLabels('matcher.labels', labels),
  };
  if (Object.values(matcher).every((member) => member === null || Object.keys(member).length === 0))
    throw new InvalidInput('matcher', 'an object with at least one member that selects alerts');
  requireStorable('matcher', matcher);
  if (JSON.stringify(matcher).length > matcherCharsMax)
    throw new InvalidInput('matcher', `at most ${matcherCharsMax} characters of JSON`);
  return matcher;
}

function requireFuture(until: Date): void {
  const leftMs = until.getTime() - Date.now();
  if (leftMs <= 0 || leftMs > durationMsMax)
    throw new InvalidInput('endsAt', 'in the future, at most 366 days from now');
}

function requireStorable(field: string, value: unknown): void {
  if (!isStorable(value)) throw new InvalidInput(field, 'Unicode text without U+0000');
}

/** Creates a silence, and silences the alerts that it matches now. */
async function create(
  db: Kysely<Database>,
  { viewer }: GraphContext,
  { until, ...given }: Pick<SilenceRecord, 'matcher' | 'reason'> & { readonly until: Date },
): Promise<SilenceResult> {
  requireFuture(until);
  requireStorable('reason', given.reason);
  if ((await countActiveSilences(db)) >= silencesMax)
    throw new InvalidInput(
      'input',
      `created after another silence ended: ${silencesMax} silences are active`,
    );
  const now = Date.now();
  const silence: SilenceRecord = {
    silenceId: timeOrderedId(now),
    ...given,
    until: until.getTime(),
    createdBy: viewer.subject,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
    endedBy: null,
  };
  await insertSilence(db, silence);
  return { silence, alerts: await readAlertsAt(db, await silenceAlerts(db, silence.silenceId, alertsMax)) };
}

async function changed(
  db: Kysely<Database>,
  silenceId: string,
  change: Parameters<typeof changeSilence>[2],
): Promise<SilenceRecord> {
  const silence = await changeSilence(db, silenceId, change);
  if (silence === undefined) throw new NotFound('active silence', silenceId);
  return silence;
}

const eventTypes = {
  silence_created: 'silenceCreated',
  silence_updated: 'silenceUpdated',
  silence_ended: 'silenceEnded',
} as const satisfies Partial<Record<OwnAuditType, SilenceEventType>>;

/** Changes a silence, and stores its event, those of the alerts and the audit entry in the same transaction. */
async function transact<Result extends SilenceResult>(
  { journal, viewer }: GraphContext,
  type: keyof typeof eventTypes,
  change: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  const by = viewer.subject;
  const { value } = await journal.log.transact(async (db) => {
    const at = Date.now();
    const changed = await change(db);
    const result = { ...changed, alerts: changed.alerts.map((alert) => updatedAlert(alert, at)) };
    const { silence, alerts } = result;
    const audit = ownAudit(type, by, {
      targetId: silence.silenceId,
      action: type.replace('_', ' '),
      details: JSON.stringify({
        matcher: silence.matcher,
        until: new Date(silence.until),
        reason: silence.reason,
      }),
    });
    const drafts = [
      silenceDraft(eventTypes[type], { silence, by }),
      ...alerts.map((alert) => silencedAlert(alert, at, by)),
      audit,
    ];
    return { value: result, drafts };
  });
  return value;
}
