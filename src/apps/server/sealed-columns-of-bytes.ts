/** A column sealed as bytes beside the fields: where it lies and the place its seals are bound to. */
export interface SealedBytes {
  readonly table: string;
  readonly column: string;
  readonly key: readonly string[];
  readonly placeOf: (countyId: string, row: Readonly<Record<string, unknown>>) => string;
}

/** Every such column; a test holds the list against what the database holds. */
export const sealedBytes: readonly SealedBytes[] = [
  {
    table: 'staff_factor',
    column: 'secret',
    key: ['staff_id'],
    placeOf: (countyId, row) => `staff_factor.secret|${countyId}|${row.staff_id}`,
  },
  {
    table: 'visit_photo',
    column: 'content',
    key: ['id'],
    placeOf: (_, row) => `visit_photo/content/${row.id}`,
  },
  {
    table: 'photo_piece',
    column: 'content',
    key: ['photo_id', 'piece_no'],
    placeOf: (_, row) => `photo_piece/content/${row.photo_id}/${row.piece_no}`,
  },
  {
    table: 'county_signing_key',
    column: 'private_key',
    key: ['key_id'],
    placeOf: (countyId, row) => `county_signing_key.private_key|${countyId}|${row.key_id}`,
  },
];
