import { randomInt } from 'node:crypto';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rangeOf, type Bounds } from '../../src/graph/bounds.ts';
import { schema } from '../../src/schema.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const publish = publishMutation('accepted { duplicate }');

/** What has to be one of a few values, by kind and field. */
const fixed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  agentStatus: { agentId: 'pricing_agent' },
  agentDecision: { agentId: 'pricing_agent' },
  alert: { agentId: 'pricing_agent', labels: { label: 'x'.repeat(512) } },
  systemEvent: { relatedAgentId: 'pricing_agent' },
  event: { type: 'e'.repeat(100) },
  host: { intervalMs: 1_000 },
  metric: { name: 'm'.repeat(200), labels: { label: 'x'.repeat(512) } },
  fileValidated: { status: 'ERROR' },
  uploadProgress: { uploadedBytes: 1, totalBytes: 1 },
};
const now = new Date().toISOString();

/** Of which a provider has to be configured. */
const left = new Set(['rateLimitUsage']);

/** Three bytes a character, and no two texts alike, so that neither an index nor a table makes them smaller. */
function textOf(length: number): string {
  return Array.from({ length }, () => String.fromCodePoint(randomInt(0x4e00, 0x9fff))).join('');
}

function jsonOf(chars: number): object {
  return { a: textOf(chars - '{"a":""}'.length) };
}

function valueOf(name: string, type: GraphQLInputField['type'], bounds: Bounds): unknown {
  const bare = getNullableType(type);
  if (isListType(bare))
    return Array.from({ length: rangeOf(bounds.items ?? 1)[1] }, () => valueOf(name, bare.ofType, bounds));
  if (isInputObjectType(bare)) return fullOf(bare, {});
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  const { chars = 0, jsonChars = 0 } = bounds;
  if (name === 'url') return `/${textOf(rangeOf(chars)[1] - 1)}`;
  if (name === 'key') return textOf(200);
  switch (getNamedType(type).name) {
    case 'String':
    case 'ID':
      return textOf(rangeOf(chars)[1]);
    case 'JSON':
      return jsonOf(jsonChars);
    case 'DateTime':
      return now;
    case 'Boolean':
      return true;
    default:
      return 1;
  }
}

/** An input with every field as large as it may be. */
function fullOf(
  type: GraphQLInputObjectType,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields = Object.values(type.getFields()).map(({ name, type: of, extensions }) => [
    name,
    given[name] ?? valueOf(name, of, extensions.bounds ?? {}),
  ]);
  return Object.fromEntries(fields) as Record<string, unknown>;
}

const eventInput = schema.getType('EventInput') as GraphQLInputObjectType;
const kinds = Object.values(eventInput.getFields())
  .map(({ name, type }) => ({ kind: name, type: getNamedType(type) as GraphQLInputObjectType }))
  .filter(({ kind }) => !left.has(kind));

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' }, { keep: true });
});

afterAll(() => app.stop());

describe('an event of every kind', () => {
  it('is stored with all of its texts at their maximum length, in one batch with the others', async () => {
    expect(kinds.length).toBeGreaterThan(15);
    const events = kinds.map(({ kind, type }) => ({ [kind]: fullOf(type, fixed[kind] ?? {}) }));
    const { data, errors } = await app.graphql<{ publish: { accepted: object[] } }>(publish, { events });
    expect(errors).toBeUndefined();
    expect(data.publish.accepted).toEqual(kinds.map(() => ({ duplicate: false })));
  });

  it.each(kinds)(
    'is refused with a longer text, list or JSON value, by its field: $kind',
    async ({ kind, type }) => {
      const small = Object.fromEntries(
        Object.values(type.getFields())
          .filter(isRequiredInputField)
          .map(({ name, type: of, extensions }) => [
            name,
            fixed[kind]?.[name] ?? valueOf(name, of, extensions.bounds ?? {}),
          ]),
      );
      for (const { name, type: of, extensions } of Object.values(type.getFields())) {
        const item = getNamedType(of);
        const { items, chars, jsonChars }: Bounds = extensions.bounds ?? {};
        const tooMuch =
          items !== undefined
            ? Array.from({ length: rangeOf(items)[1] + 1 }, () =>
                isInputObjectType(item) ? fullOf(item, {}) : 'x',
              )
            : jsonChars !== undefined
              ? jsonOf(jsonChars + 1)
              : chars !== undefined
                ? 'x'.repeat(rangeOf(chars)[1] + 1)
                : null;
        if (tooMuch === null) continue;
        const answer = await app.graphql(publish, {
          events: [{ [kind]: { ...small, [name]: tooMuch } }],
        });
        expect(rejectionOf(answer), name).toMatchObject({
          code: 'BAD_USER_INPUT',
          index: 0,
          field: name,
          allowed: expect.stringMatching(/(character|entries)/),
        });
      }
    },
  );
});
