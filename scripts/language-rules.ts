/** A word or phrase that must not come back. */
export interface LanguageRule {
  /**
   * Lower case. Matches whole words, in any case, in prose and in identifiers, whose parts count as words: `at once` matches
   * `atOnceMax`. A space matches any white space, also a line break within a comment.
   */
  readonly phrase: string;
  /** What to write instead; part of the error. */
  readonly instead: string;
  /** Folders and files in which the phrase is forbidden. */
  readonly rooms: readonly string[];
  /** A folder within these rooms in which the phrase is allowed. */
  readonly except?: string;
}

/** Not `migrations`: a migration that has landed never changes. */
const everywhere = [
  'src',
  'scripts',
  'docs',
  'schema/schema.graphql',
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];

/** Also what only its developers read. */
const finished = [...everywhere, 'bench', 'test'];

export const languageRules: readonly LanguageRule[] = [
  // Former names of mechanisms.
  ...forbid(everywhere, {
    'unless stuck': 'singleFlightWithTimeout',
    'until aborted': 'raceAbort',
    rereading: 'CoalescedRefresh',
    'job book': 'JobStore',
    vouch: 'isStillConfigured',
    freshen: 'refresh',
    'news channel': 'notifyChannel',
    'follow others': 'listenForCommits',
    'paced rounds': 'Throttle',
    'take places': 'acquire',
    'too dear': 'too expensive',
    bearers: 'ViewerRegistry',
    tongue: 'protocol',
    voice: 'ControlMessages',
    roster: 'agentList',
    'frame memory': 'FrameCache',
    framed: 'EncodedEntry',
    'operation stream': 'pending-subscription',
    'rest failure': 'AppError',
    'refusal of': 'RequestError',
    'body max bytes': '…BytesMax',
  }),
  ...forbid(finished, {
    'through the door': 'engine',
    reckoned: 'complexity',
    census: 'ConnectionStats',
    // `KeyFigures` is a type of the schema.
    '(?<!key |provider )figures': 'statistics or values',
  }),
  // Words of prose.
  ...forbid(everywhere, {
    'turns away': 'rejects',
    'takes back': 'revokes, or undoes',
    'be had': 'be available',
  }),
  ...forbid(finished, {
    told: 'sent, reported or notified',
    'tells apart': 'distinguishes',
    said: 'sent, stated or reported',
    stands: 'is, is stored or is written',
    stood: 'was, was stored or was written',
    lies: 'is, is stored',
    'goes by': 'uses, or is identified by',
    'turned away': 'rejected',
    'is let in': 'is allowed, accepted or authenticated',
    'are let in': 'are allowed, accepted or authenticated',
    whoever: 'the client, the caller, the process: name it',
    whom: 'name the noun',
    somebody: 'a client, a subscriber: name it',
    anybody: 'any client, any subject: name it',
    everybody: 'every client, every subject: name it',
    anew: 'again',
    'at once': 'immediately, or at the same time',
    'for ever': 'forever, or without a limit',
    'so long': 'for this time',
    'so many': 'at most this number',
    'hears of': 'receives, or is notified of',
    'looked at': 'read, checked or evaluated',
    'of ours': 'our, or the server\u2019s',
    'those who': 'clients that, subjects that',
    'who shows': 'a client with, a request with',
    'in short': 'as a summary',
  }),
  // In src/db it is the name of a Unix account.
  { phrase: 'nobody', instead: 'no client, no subscriber: name it', rooms: finished, except: 'src/db/' },
];

function forbid(rooms: readonly string[], phrases: Readonly<Record<string, string>>): LanguageRule[] {
  return Object.entries(phrases).map(([phrase, instead]) => ({ phrase, instead, rooms }));
}
