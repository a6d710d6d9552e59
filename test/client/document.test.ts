import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gql } from '@urql/core';
import { parse, print, stripIgnoredCharacters, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationType, resumable, textOf } from '../../client/document.ts';
import { printDocument } from '../../client/print-document.ts';
import { schema } from '../../src/schema.ts';

const legacy = new URL('../../src/legacy/', import.meta.url).pathname;

describe('the printer of documents', () => {
  const files = readdirSync(legacy, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.graphql'),
  );
  it.each(files)('prints %s as graphql does', (file) => {
    const document = parse(readFileSync(join(legacy, file), 'utf8'));
    expect(print(parse(printDocument(document)))).toBe(print(document));
  });

  it('prints every kind of value, type and directive', () => {
    const document = parse(`
      query Q($a: [Int!]! = [1, 2] @d, $b: I = { x: "q\\"\\n", y: null, z: [E, true, 1.5e3] }) @d(if: $c) {
        alias: field(a: $a, b: """block "text" """) @skip(if: true) { ...F ... on T @d { x } ... { y } }
      }
      mutation { m }
      fragment F on T @d { id }`);
    const printed = print(parse(printDocument(document)));
    expect(printed.replace('"block \\"text\\" "', '"""block "text" """')).toBe(print(document));
  });

  it('prints what was added to a parsed document', () => {
    const document = gql`
      {
        viewer {
          subject
        }
      }
    `;
    const [operation] = document.definitions;
    const changed = { ...document, definitions: [operation, ...parse('fragment F on T { id }').definitions] };
    expect(textOf(changed as never)).toContain('fragment F on T');
  });
});

describe('a resumable subscription', () => {
  it.each([
    ['without arguments', 'subscription { auditEvents { action } }'],
    ['with arguments', 'subscription { auditEvents(filter: { eventTypes: [")", "a"] }) { action } }'],
    ['with a name and variables', 'subscription S($f: AuditFilter) { auditEvents(filter: $f) { action } }'],
    ['with directives', 'subscription S { a: auditEvents @include(if: true) { action } }'],
    ['with comments', '# { (\nsubscription { # after: 1\n auditEvents { action # cursor\n } }'],
    [
      'with `after` in a filter',
      'subscription { events(types: [AUDIT]) { ... on AuditEvent { action cursor } } }',
    ],
    ['with an alias named cursor', 'subscription { auditEvents { cursor: action } }'],
    ['with fragments', 'fragment F on AuditEvent { cursor } subscription { auditEvents { ...F } }'],
    ['with a position', 'subscription { auditEvents(after: "earliest") { action } }'],
    ['of lists', 'subscription { auditEventBatches(max: 5) { action } }'],
  ])('%s gets the argument and the cursor, and is still valid', (_name, text) => {
    const found = resumable(text);
    expect(found).toMatchObject({
      variable: 'opsgraphAfter',
      cursorKey: 'opsgraphCursor',
      cursorAdded: true,
    });
    expect(found?.after).toBe(text.includes('earliest') ? 'earliest' : null);
    const document = parse(found?.query ?? '');
    expect(validate(schema, document)).toEqual([]);
    expect(print(document)).toContain('after: $opsgraphAfter');
  });

  it('that has both is sent as it is, with its own variable', () => {
    const text = 'subscription ($since: Cursor!) { auditEvents(after: $since) { cursor action } }';
    expect(resumable(text)).toMatchObject({
      query: text,
      variable: 'since',
      cursorKey: 'cursor',
      cursorAdded: false,
    });
  });

  it('is found by its name among several operations', () => {
    const text =
      'query Q { viewer { subject } } subscription S { auditEvents { action } } subscription T { kpis { totalRevenue } }';
    expect(resumable(text, 'S')?.key).toBe('auditEvents');
    expect(resumable(text, 'T')).toBeNull();
    expect([operationType(text, 'Q'), operationType(text, 'S'), operationType(text)]).toEqual([
      'query',
      'subscription',
      null,
    ]);
  });

  it('is not one if its field is a gauge, or if the text is not a document', () => {
    for (const text of [
      'subscription { kpis { totalRevenue } }',
      '',
      '}',
      'subscription {',
      'subscription { a(',
      'subscription { auditEvents(after: 5) { action } }',
      '{ x }',
    ])
      expect(resumable(text), text).toBeNull();
  });

  it('is rejected if its field is in a fragment', () => {
    expect(() =>
      resumable('subscription { ...F } fragment F on Subscription { auditEvents { action } }'),
    ).toThrow('not in a fragment');
  });

  it('may have no insignificant characters', () => {
    const found = resumable(
      stripIgnoredCharacters('subscription { auditEvents(filter: { actorId: "a" }) { action } }'),
    );
    expect(validate(schema, parse(found?.query ?? ''))).toEqual([]);
  });
});
