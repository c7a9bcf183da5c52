-- Phones show which examinations of somebody managed are due, and their documents did not carry what was done: those of
-- everybody managed are sent once more. The walls are lifted for this one statement, which knows no county.
alter table enrollment no force row level security;
alter table change_feed no force row level security;
insert into change_feed (county_id, xid, resident_id, org_path)
  select distinct county_id, pg_current_xact_id(), resident_id, org_path from enrollment where closed_on is null
  on conflict do nothing;
alter table change_feed force row level security;
alter table enrollment force row level security;
