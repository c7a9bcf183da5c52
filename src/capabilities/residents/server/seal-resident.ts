import type { FieldSeals } from '#platform/server/crypto/field-seals.ts';

/** What of a resident is sealed: the columns, and the answers they repeat. */
export interface OpenResident {
  readonly id: string;
  readonly idType: string;
  readonly idNo: string | null;
  readonly phone: string | null;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Columns of a resident's row that only keyed digests go into. */
export interface ResidentIndexes {
  readonly id_no_index: Buffer | null;
  readonly identity_index: Buffer | null;
  readonly id_tail_index: Buffer | null;
  readonly phone_index: Buffer | null;
  readonly phone_tail_index: Buffer | null;
}

/** What makes the digests. */
type Indexer = Pick<FieldSeals, 'index'>;

/** Digits of a tail that are indexed; a longer tail is found among them and compared after opening. */
export const indexedTail = 4;

/** The 17 digits that name a person whatever way the number is written; undefined for other kinds of documents. */
function personDigits(idNo: string): string | undefined {
  const digits = idNo.replace(/[^0-9Xx]/g, '').toUpperCase();
  // 15 digits carry no century: those born from 1900 on; the check digit says nothing of the person.
  const first17 = idNo.length === 15 ? `${idNo.slice(0, 6)}19${idNo.slice(6)}` : digits.slice(0, 17);
  return first17.length === 17 ? first17 : undefined;
}

/** Finds a person by the number of their identity card, however it was written; undefined for what is none. */
export function identityIndex(seals: Indexer, idNo: string): Buffer | undefined {
  const digits = personDigits(idNo);
  return digits === undefined ? undefined : seals.index('resident.identity', digits);
}

/** What two records may not share: the number under its kind of document. */
export function idNoIndex(seals: Indexer, idType: string, idNo: string): Buffer {
  const isCard = idType === '01' && /^\d{17}[\dX]$/.test(idNo);
  const digest = isCard ? identityIndex(seals, idNo) : undefined;
  return digest ?? seals.index('resident.id-no', `${idType}|${idNo}`);
}

/** Finds people by the last digits of an identity number. */
export const idTailIndex = (seals: Indexer, text: string) =>
  seals.index('resident.id-tail', text.slice(-indexedTail).toUpperCase());

/** Finds people by the last digits of a telephone. */
export const phoneTailIndex = (seals: Indexer, text: string) =>
  seals.index('resident.phone-tail', text.slice(-indexedTail));

/** The digests of a resident's numbers. */
export function indexesOf(
  seals: Indexer,
  person: { idType: string; idNo: string | null; phone: string | null },
): ResidentIndexes {
  const { idType, idNo, phone } = person;
  return {
    id_no_index: idNo === null ? null : idNoIndex(seals, idType, idNo),
    identity_index: idNo === null ? null : (identityIndex(seals, idNo) ?? null),
    id_tail_index: idNo === null || idNo.length < indexedTail ? null : idTailIndex(seals, idNo),
    phone_index: phone === null ? null : seals.index('resident.phone', phone),
    phone_tail_index: phone === null || phone.length < indexedTail ? null : phoneTailIndex(seals, phone),
  };
}

/** The columns of a resident's row that hold or find the numbers, fit to be written. */
export function sealResident(seals: FieldSeals, person: OpenResident) {
  const { id, idNo, phone } = person;
  return {
    id_no: seals.text('resident', id, 'idNo', idNo),
    phone: seals.text('resident', id, 'phone', phone),
    ...indexesOf(seals, person),
    personal_information: JSON.stringify(seals.answers('resident', id, person.answers)),
  };
}
