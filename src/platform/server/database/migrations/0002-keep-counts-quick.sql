-- The two narrow tables the county counts from change all day. Counting reads their indexes alone as long as vacuum has
-- passed lately, so it passes after one row in a hundred instead of one in five.
alter table follow_up_task set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);
alter table management_year set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02, fillfactor = 85);

-- The worklist shows all of a person's programmes together; the programme is a column to filter by, not the way in.
drop index follow_up_task_worklist;
drop index follow_up_task_by_risk;
create index follow_up_task_worklist on follow_up_task (county_id, org_path)
  include (program, due_on, latest_on, kind) where closed_at is null;
create index follow_up_task_by_risk on follow_up_task (county_id, risk_rank, due_on, id) where closed_at is null;
