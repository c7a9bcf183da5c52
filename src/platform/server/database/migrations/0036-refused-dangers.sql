-- A dangerous reading reaches a person also when the visit that carries it cannot be filed.
alter table danger_event drop constraint danger_event_source_check;
alter table danger_event add constraint danger_event_source_check check (source in ('self-test','arrival','phone'));
alter table danger_event add column refusal text;
comment on column danger_event.source is '何处发现：自助检测、接诊、手机｜L4';
comment on column danger_event.refusal is '手机送来的记录没有收下的理由；空为已收下｜L4';

-- What was already said of an operation that is held, so that offering it again says nothing twice.
alter table held_operation add column danger text;
comment on column held_operation.danger is '其中已列入异常情况的读数或征象｜L4';
