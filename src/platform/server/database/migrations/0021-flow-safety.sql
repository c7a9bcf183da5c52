-- A self-test that shows danger stands first until somebody finds the person.
alter table self_test add column is_danger boolean not null default false;
comment on column self_test.is_danger is '读数达到危急值，排在最前｜L4';
drop index self_test_unclaimed;
create index self_test_unclaimed on self_test (county_id, organization_id, is_danger desc, taken_on desc, slip_no)
  where resident_id is null;

-- A contract renewed ahead of time runs to its last day: a service marks it too, and what it still owes is listed.
create or replace function mark_contract_stale() returns trigger language plpgsql as $$
begin
  -- Always, also when it is marked already: the lock makes a judgement under way wait or be repeated. A day is left for
  -- the clocks of county and database to differ.
  update contract c set stale = true from changed n
  where c.county_id = n.county_id and c.resident_id = n.resident_id
    and (c.ended_on is null or (c.end_reason = 'renewed' and c.ended_on >= current_date - 1));
  return null;
end $$;
drop index contract_stale;
create index contract_stale on contract (county_id, org_path) where stale and (ended_on is null or end_reason = 'renewed');
create index contract_renewed on contract (county_id, ended_on) where end_reason = 'renewed';
