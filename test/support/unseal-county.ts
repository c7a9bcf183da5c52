import type pg from 'pg';
import { storedFields } from '#apps/server/stored-fields.ts';
import type { FieldSeals } from '#platform/server/crypto/field-seals.ts';

/**
 * Puts a county's rows back to how they lay before anything was sealed. `opened` is a client that opens what it reads, `raw`
 * one that does not.
 */
export async function unsealCounty(input: {
  opened: pg.Client;
  raw: pg.Client;
  seals: FieldSeals;
}): Promise<void> {
  const { opened, raw, seals } = input;
  for (const constraint of ['resident_id_no_sealed', 'resident_phone_sealed'])
    await raw.query(`alter table resident drop constraint ${constraint}`);
  await raw.query('alter table staff drop constraint staff_phone_sealed');
  const files = await raw.query<{ id: string; original: Buffer }>('select id, original from roster_import');
  for (const { id, original } of files.rows)
    await raw.query('update roster_import set original = $2 where id = $1', [
      id,
      seals.openBytes(id, 'original', original),
    ]);
  for (const one of storedFields.filter(({ files }) => !files)) {
    const columns = [...(one.texts ?? []), ...(one.answers ?? []), ...(one.wholes ?? [])];
    const { rows } = await opened.query(`select ${[...one.key, ...columns].join(', ')} from ${one.table}`);
    for (const row of rows) {
      const same = one.key.map((column, at) => `${column} = $${at + 1 + columns.length}`).join(' and ');
      const set = columns.map((column, at) => `${column} = $${at + 1}`).join(', ');
      const values = columns.map((column) =>
        one.texts?.includes(column) || row[column] === null ? row[column] : JSON.stringify(row[column]),
      );
      await raw.query(`update ${one.table} set ${set} where ${same}`, [
        ...values,
        ...one.key.map((column) => row[column]),
      ]);
    }
  }
  await raw.query(
    'update resident set id_no_index = null, identity_index = null, id_tail_index = null, phone_index = null, phone_tail_index = null',
  );
  await raw.query('delete from sealed_table');
}
