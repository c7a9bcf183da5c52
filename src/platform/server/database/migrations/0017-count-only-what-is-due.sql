-- The worklist and the county page count what is due, a quarter of the open tasks. With the day and the rank as keys an
-- index alone tells the others apart, so that a page of the table a visit just wrote to is looked up for them no more.
drop index follow_up_task_worklist;
create index follow_up_task_worklist on follow_up_task (county_id, org_path, due_on, risk_rank)
  include (program, latest_on, kind) where closed_at is null;

-- What is overdue was due before: counting relies on it.
alter table follow_up_task add constraint follow_up_task_due_before_latest check (due_on <= latest_on);

-- Counting reads an index alone where vacuum has passed since the last write. A few hundred visits leave few pages
-- untouched in tables as small as these, whatever share of the rows they are.
alter table follow_up_task set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200);
alter table management_year set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200);
