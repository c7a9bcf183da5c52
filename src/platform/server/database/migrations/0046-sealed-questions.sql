-- Which questions of a county's own editions a table counts as sealed for. What was filed before such a question was known
-- is found and sealed while the server runs.
alter table sealed_table add column questions text[] not null default '{}';
comment on column sealed_table.questions is '已按其密封的、本县自有表单版本所问的题目｜L1';
