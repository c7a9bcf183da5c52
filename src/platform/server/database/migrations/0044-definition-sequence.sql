-- Which program last published or ended a definition. During an upgrade the old program and the new one serve a county
-- together: the old one must end nothing the new one brought, and bring back nothing it ended.
alter table definition add column sequence integer not null default 0 check (sequence >= 0);
comment on column definition.sequence is '最后发布或停用它的程序的定义序号；本县发布的为 0｜L1';
grant update (sequence) on definition to quancheng_app;
