-- A phone plans the next visit by the interval of the person's grade, which its documents did not carry: those of graded
-- people are sent once more. The walls are lifted for this one statement, which knows no county.
alter table current_grade no force row level security;
alter table change_feed no force row level security;
insert into change_feed (county_id, xid, resident_id, org_path)
  select county_id, pg_current_xact_id(), resident_id, org_path from current_grade
  on conflict do nothing;
alter table change_feed force row level security;
alter table current_grade force row level security;
