/**
 * Every request begins by reading its session over six tables; planning that costs more than running it. Each connection
 * prepares the statement once, as it opens.
 */
export const prepareSessionHolder = `prepare session_holder (text, bytea) as
  select x.id as session_id, x.created_at, x.last_seen_at, x.expires_at, x.second_factor_at, s.password_changed_at,
    f.confirmed_at as factor_confirmed_at, c.is_demo, g.value as security, s.id, s.name, s.username, s.role,
    s.must_change_password, o.id as organization_id, o.name as organization_name, o.kind, o.path, o.scope_path
  from session x
  join staff s on s.county_id = x.county_id and s.id = x.staff_id
  join organization o on o.county_id = s.county_id and o.id = s.organization_id
  join county c on c.county_id = x.county_id
  left join staff_factor f on f.county_id = s.county_id and f.staff_id = s.id
  left join county_setting g on g.county_id = x.county_id and g.key = 'security'
  where x.county_id = $1 and x.token_hash = $2 and s.disabled_at is null`;
