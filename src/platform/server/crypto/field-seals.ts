import { sealedAnswers } from '#standards/privacy/sealed-answers.ts';
import { Unsealable } from './cipher-suite.ts';
import { envelopeHead } from './envelope.ts';
import { blindIndex, type KeyRing, openField, sealField } from './key-ring.ts';
import { sealedHolders } from './sealed-holders.ts';

/** Begins every sealed text. Unicode keeps it for a program's own use, and no text that comes in may hold it. */
export const sealMark = '\ufdd0';
const markCode = sealMark.charCodeAt(0);

/** Stands for a value that does not open; it is never sealed again, so that a page that shows it cannot save it. */
export const unopened = '〔密文打不开〕';

/** What holds a sealed value: the rows that carry one name of their own, such as the residents with their versions. */
export type SealedHolder = keyof typeof sealedHolders;

/** Seals values for the rows they stand in, and opens what rows bring back. */
export interface FieldSeals {
  /** A text sealed for one value of one row; null stays null. */
  text<T extends string | null>(holder: SealedHolder, rowId: string, name: string, plain: T): T;
  /** From now on answers to these questions, which a county's own editions ask, are sealed as well where sheets stand. */
  alsoSeal(questions: Iterable<string>): void;
  /** The same answers with those sealed that identify or locate a person, at any depth. */
  answers<T>(holder: SealedHolder, rowId: string, answers: T): T;
  /** Any value, sealed as a whole. */
  whole(holder: SealedHolder, rowId: string, name: string, value: unknown): string;
  /** Bytes, such as a file, sealed for one value of one row. */
  bytes(holder: SealedHolder, rowId: string, name: string, plain: Uint8Array): Buffer;
  /** The bytes again; bytes of before sealing come back as they are, others that do not open as undefined. */
  openBytes(rowId: string, name: string, sealed: Buffer): Buffer | undefined;
  /** What a sealed text says, when it was sealed for one of these rows under this name; undefined when not. */
  open(sealed: string, name: string, rowIds: readonly string[]): unknown;
  /** The blind index of a value under the current key. */
  index(domain: string, value: string): Buffer;
}

/** Columns that carry the answer of that name. */
const answerOfColumn: Readonly<Record<string, string>> = { id_no: 'idNo' };

/** The name an answer or a column is sealed under. */
export const sealedName = (key: string): string =>
  Object.hasOwn(answerOfColumn, key) ? (answerOfColumn[key] ?? key) : key;

/** True for text in the form `FieldSeals` gives it. */
export const isSealed = (text: string): boolean => text.charCodeAt(0) === markCode;

/** Whether a text was sealed, or any value as JSON. */
type SealedKind = 't' | 'j';

/** What stands before the envelope in a sealed text: the mark, who holds it, what it is. */
export const sealFront = (holder: SealedHolder, kind: SealedKind): string =>
  `${sealMark}${sealedHolders[holder]}${kind}`;

/** The place a value is sealed for: of this county, under one name, in the row of that id. */
export const valuePlace = (countyId: string, holder: SealedHolder, name: string, rowId: string): string =>
  `${countyId}|${holder}|${name}|${rowId}`;

const holderOf = new Map<string, SealedHolder>(
  Object.entries(sealedHolders).map(([holder, letter]) => [letter, holder as SealedHolder]),
);

/** Hold answers of sheets of any edition. Elsewhere a name may be a column's that means something else. */
const holdsSheets: ReadonlySet<SealedHolder> = new Set(['form_record', 'operation', 'held_operation']);

/** The seals of one county over its keys. */
export function fieldSeals(ring: KeyRing, countyId: string): FieldSeals {
  const seal = (holder: SealedHolder, rowId: string, name: string, kind: SealedKind, plain: string) => {
    if (plain.includes(unopened)) throw new RangeError('a value that did not open is not written back');
    const envelope = sealField(ring, valuePlace(countyId, holder, name, rowId), plain);
    return `${sealFront(holder, kind)}${envelope.toString('base64')}`;
  };
  const text = <T extends string | null>(holder: SealedHolder, rowId: string, name: string, plain: T): T =>
    plain === null || isSealed(plain) ? plain : (seal(holder, rowId, name, 't', plain) as T);
  const asked = new Set<string>();
  const answer = (holder: SealedHolder, rowId: string, key: string, one: unknown): unknown => {
    const name = sealedName(key);
    const isAsked = asked.has(key) && holdsSheets.has(holder);
    if (typeof one === 'string' && one !== '' && (isAsked || sealedAnswers.has(name)))
      return text(holder, rowId, name, one);
    // A number may be asked for as digits.
    if (typeof one === 'number' && isAsked) return seal(holder, rowId, name, 'j', JSON.stringify(one));
    return part(holder, rowId, one);
  };
  const part = (holder: SealedHolder, rowId: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
    const given = value as Record<string, unknown>;
    let made: Record<string, unknown> | undefined;
    for (const name of Object.keys(given)) {
      const one = given[name];
      const now = answer(holder, rowId, name, one);
      if (now === one) continue;
      // Most sheets hold nothing to seal and go on as they came.
      made ??= (Array.isArray(given) ? [...given] : { ...given }) as Record<string, unknown>;
      made[name] = now;
    }
    return made ?? value;
  };
  const open = (sealed: string, name: string, rowIds: readonly string[]): unknown => {
    const holder = holderOf.get(sealed[1] ?? '');
    if (holder === undefined || !isSealed(sealed)) return undefined;
    const envelope = Buffer.from(sealed.slice(3), 'base64');
    for (const rowId of rowIds) {
      try {
        const plain = openField(ring, valuePlace(countyId, holder, name, rowId), envelope);
        return sealed[2] === 'j' ? JSON.parse(plain) : plain;
      } catch (error) {
        if (!(error instanceof Unsealable)) throw error;
      }
    }
    return undefined;
  };
  return {
    text,
    alsoSeal(questions) {
      for (const one of questions) asked.add(one);
    },
    answers: (holder, rowId, answers) => part(holder, rowId, answers) as typeof answers,
    whole: (holder, rowId, name, value) => seal(holder, rowId, name, 'j', JSON.stringify(value ?? null)),
    bytes(holder, rowId, name, plain) {
      const text = Buffer.from(plain).toString('base64');
      return Buffer.from(seal(holder, rowId, name, 't', text));
    },
    openBytes(rowId, name, sealed) {
      const text = sealed.toString();
      if (!isSealed(text)) return sealed;
      const plain = open(text, name, [rowId]);
      return typeof plain === 'string' ? Buffer.from(plain, 'base64') : undefined;
    },
    open,
    index: (domain, value) => blindIndex(ring.current('index'), domain, value),
  };
}

/** How a text sealed under the current field key begins after its holder and kind: suite, version and key in base64. */
export function currentSealHead(ring: KeyRing): string {
  return envelopeHead(ring.suite, ring.current('field').id).toString('base64');
}
