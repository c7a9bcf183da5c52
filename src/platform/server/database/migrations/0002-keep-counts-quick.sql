-- The two narrow tables the county counts from change all day. Counting reads their indexes alone as long as vacuum has
-- passed lately, so it passes after one row in a hundred instead of one in five.
alter table follow_up_task set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);
alter table management_year set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02, fillfactor = 85);
