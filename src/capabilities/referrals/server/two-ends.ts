import { type RawBuilder, sql } from 'kysely';

/**
 * Who a question between two houses is about, of `q` and the record `r` where that is in reach: as the record has it, else as
 * they were told when it was sent.
 */
export const toldPerson = sql`coalesce(r.name, q.summary->'person'->>'name', '') as name,
  coalesce(r.sex, q.summary->'person'->>'sex', '0') as sex,
  coalesce(r.birth_date, (q.summary->'person'->>'birthDate')::date) as birth_date`;

/** The steps of `q` in their order, from the table that keeps them. */
export const stepsFrom = (table: 'referral_step' | 'consultation_step'): RawBuilder<unknown> => {
  const owner = sql.ref(table === 'referral_step' ? 'p.referral_id' : 'p.consultation_id');
  return sql`(select coalesce(json_agg(json_build_object('state', p.state, 'at', to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'byName', w.name, 'organizationName', o.name, 'note', p.note) order by p.at, p.id), '[]')
    from ${sql.table(table)} p join staff w on w.county_id = p.county_id and w.id = p.by
    join organization o on o.county_id = p.county_id and o.id = p.organization_id
    where p.county_id = q.county_id and ${owner} = q.id) as steps`;
};

/** Literals, not values: a partial index is only used where its condition stands in the statement. */
export const among = (states: readonly string[]) => sql.join(states.map((one) => sql.lit(one)));
