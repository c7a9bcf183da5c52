import { indexesOf } from '#capabilities/residents/server/public.ts';
import { type FieldSeals, type SealedHolder, sealMark } from '#platform/server/crypto/field-seals.ts';
import { personalNumber, sealReply } from '#platform/server/operation/seal-reply.ts';
import { sealedAnswers } from '#standards/privacy/sealed-answers.ts';

/** A row as read, opened. */
export type OpenRow = Readonly<Record<string, unknown>>;

/** A table that holds sealed values: how its rows are named and what of them is sealed. */
export interface StoredFields {
  readonly table: string;
  readonly key: readonly string[];
  /** Columns read beside the key and the sealed ones. */
  readonly also?: readonly string[];
  /** Text columns, JSON columns with answers among other things, and JSON columns sealed as a whole. */
  readonly texts?: readonly string[];
  readonly answers?: readonly string[];
  readonly wholes?: readonly string[];
  /** Columns of bytes, sealed as a file. */
  readonly files?: readonly string[];
  /** Its answers are of sheets of any edition, also of a county's own. */
  readonly ofSheets?: true;
  /** The columns as they are to stand. */
  readonly seal: (seals: FieldSeals, row: OpenRow) => Readonly<Record<string, unknown>>;
  /** When a row also counts as open, in SQL. */
  readonly open?: string;
  /** Its rows also carry digests, which a new index key makes anew. */
  readonly indexed?: true;
}

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
const id = (row: OpenRow, column = 'id') => String(row[column]);
const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** A table of which one JSON column holds answers. */
const withAnswers = (
  table: string,
  holder: SealedHolder,
  column: string,
  key: readonly string[] = ['id'],
): StoredFields => ({
  table,
  key,
  answers: [column],
  seal: (seals, row) => ({
    [column]: json(seals.answers(holder, id(row, key[0]), row[column])),
  }),
});

const conflictParts = ['base', 'kept', 'offered'] as const;

/** Every table with sealed values, those that a search leans on first. */
export const storedFields: readonly StoredFields[] = [
  {
    table: 'resident',
    key: ['id'],
    also: ['id_type'],
    texts: ['id_no', 'phone'],
    answers: ['personal_information'],
    indexed: true,
    seal: (seals, row) => {
      const [idNo, phone] = [text(row.id_no), text(row.phone)];
      return {
        id_no: seals.text('resident', id(row), 'idNo', idNo),
        phone: seals.text('resident', id(row), 'phone', phone),
        ...indexesOf(seals, { idType: String(row.id_type), idNo, phone }),
        personal_information: json(seals.answers('resident', id(row), row.personal_information)),
      };
    },
  },
  withAnswers('resident_revision', 'resident', 'personal_information', ['resident_id', 'version']),
  {
    table: 'staff',
    key: ['id'],
    texts: ['phone'],
    seal: (seals, row) => ({ phone: seals.text('staff', id(row), 'phone', text(row.phone)) }),
  },
  {
    // What a merge of records changed, for the way back: also the digests, which were not there of old.
    table: 'changed_row',
    key: ['cause_id', 'step', 'position'],
    also: ['table_name', 'row_key'],
    answers: ['before'],
    indexed: true,
    seal: (seals, row) => ({ before: json(sealChangedRow(seals, row)) }),
  },
  { ...withAnswers('form_record', 'form_record', 'answers'), ofSheets: true },
  withAnswers('contract', 'contract', 'consent'),
  {
    table: 'referral_request',
    key: ['id'],
    answers: ['summary', 'back'],
    seal: (seals, row) => ({
      summary: json(seals.answers('referral_request', id(row), row.summary)),
      back: json(row.back && seals.answers('referral_request', id(row), row.back)),
    }),
  },
  {
    table: 'consultation',
    key: ['id'],
    answers: ['summary', 'opinion'],
    seal: (seals, row) => ({
      summary: json(seals.answers('consultation', id(row), row.summary)),
      opinion: json(row.opinion && seals.answers('consultation', id(row), row.opinion)),
    }),
  },
  {
    table: 'operation',
    key: ['id'],
    answers: ['response'],
    ofSheets: true,
    open: `response::text !~ '^"${sealMark}' and response::text ~ '${personalNumber}'`,
    seal: (seals, row) => ({ response: json(sealReply(seals, id(row), row.response)) }),
  },
  {
    table: 'roster_import',
    key: ['id'],
    files: ['original'],
    seal: (seals, row) => {
      const bytes = Buffer.isBuffer(row.original)
        ? seals.openBytes(id(row), 'original', row.original)
        : undefined;
      return { original: bytes ? seals.bytes('roster_import', id(row), 'original', bytes) : row.original };
    },
  },
  withAnswers('roster_import_row', 'roster_import', 'person', ['import_id', 'row_no']),
  {
    table: 'held_operation',
    key: ['operation_id'],
    answers: ['problem'],
    ofSheets: true,
    wholes: ['body'],
    seal: (seals, row) => ({
      body: json(seals.whole('held_operation', id(row, 'operation_id'), 'body', row.body)),
      problem: json(seals.answers('held_operation', id(row, 'operation_id'), row.problem)),
    }),
  },
  {
    table: 'person_conflict',
    key: ['id'],
    also: ['field'],
    wholes: conflictParts,
    seal: (seals, row) =>
      Object.fromEntries(
        conflictParts.map((part) => {
          const hides = sealedAnswers.has(String(row.field));
          return [part, json(hides ? seals.whole('person_conflict', id(row), part, row[part]) : row[part])];
        }),
      ),
  },
];

function sealChangedRow(seals: FieldSeals, row: OpenRow): unknown {
  const before = row.before as Readonly<Record<string, unknown>>;
  if (row.table_name !== 'resident') return seals.answers('form_record', id(row, 'cause_id'), before);
  const residentId = id(row.row_key as OpenRow);
  const [idNo, phone] = [text(before.id_no), text(before.phone)];
  const idType = text(before.id_type) ?? '01';
  const hex = (digest: Buffer | null) => digest && `\\x${digest.toString('hex')}`;
  const indexes = Object.entries(indexesOf(seals, { idType, idNo, phone })).filter(([column]) =>
    column.startsWith('phone') ? 'phone' in before : 'id_no' in before,
  );
  return {
    ...before,
    ...('id_no' in before ? { id_no: seals.text('resident', residentId, 'idNo', idNo) } : {}),
    ...('phone' in before ? { phone: seals.text('resident', residentId, 'phone', phone) } : {}),
    ...Object.fromEntries(indexes.map(([column, digest]) => [column, hex(digest)])),
    ...('personal_information' in before
      ? { personal_information: seals.answers('resident', residentId, before.personal_information) }
      : {}),
  };
}
