-- How many contracts promise each package is counted with the village's other figures, not over the county at each look.
alter table signing_count add column packages jsonb not null default '{}';
comment on column signing_count.packages is '各服务包的在签份数｜L2';
-- Counts without it are counted anew at the next look.
delete from signing_count;
