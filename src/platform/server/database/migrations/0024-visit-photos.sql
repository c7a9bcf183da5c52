-- A photo taken at a visit (a foot, a medicine box). It travels in pieces over a village network, each piece once, and
-- becomes a photo of the visit when all are there. Content is sealed under the county's field key.

create table visit_photo (
  county_id    text not null,
  id           uuid not null,
  visit_id     uuid not null,
  resident_id  uuid not null,
  org_path     text collate "C" not null,
  operation_id uuid not null,
  media_type   text not null check (media_type in ('image/jpeg')),
  byte_count   integer not null check (byte_count between 1 and 307200),
  content      bytea not null,
  received_at  timestamptz not null,
  recorded_by  uuid not null,
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
create index visit_photo_by_visit on visit_photo (county_id, visit_id);
create index visit_photo_by_resident on visit_photo (county_id, resident_id);
comment on table visit_photo is '随访时拍的照片，只增不改，内容加密｜L4';
comment on column visit_photo.county_id is '县级行政区划代码｜L1';
comment on column visit_photo.id is '编号（由手机生成）｜L3';
comment on column visit_photo.visit_id is '随访编号｜L3';
comment on column visit_photo.resident_id is '居民内部编号｜L3';
comment on column visit_photo.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column visit_photo.operation_id is '操作编号，重复提交只生效一次｜L3';
comment on column visit_photo.media_type is '图片格式｜L1';
comment on column visit_photo.byte_count is '字节数｜L1';
comment on column visit_photo.content is '图片，已加密｜L4';
comment on column visit_photo.received_at is '服务器收到时间｜L3';
comment on column visit_photo.recorded_by is '拍照医生｜L3';

create table photo_piece (
  county_id   text not null,
  photo_id    uuid not null,
  piece_no    integer not null check (piece_no between 0 and 19),
  piece_count integer not null check (piece_count between 1 and 20),
  org_path    text collate "C" not null,
  staff_id    uuid not null,
  content     bytea not null,
  received_at timestamptz not null,
  primary key (county_id, photo_id, piece_no),
  check (piece_no < piece_count)
);
create index photo_piece_old on photo_piece (county_id, received_at);
comment on table photo_piece is '正在上传的照片的各段，收齐即删｜L4';
comment on column photo_piece.county_id is '县级行政区划代码｜L1';
comment on column photo_piece.photo_id is '照片编号（由手机生成）｜L3';
comment on column photo_piece.piece_no is '第几段，从 0 起｜L1';
comment on column photo_piece.piece_count is '共几段｜L1';
comment on column photo_piece.org_path is '上传人机构位置，行级安全据此判断｜L3';
comment on column photo_piece.staff_id is '上传人｜L3';
comment on column photo_piece.content is '这一段图片，已加密｜L4';
comment on column photo_piece.received_at is '服务器收到时间｜L3';

do $$
declare t text;
begin
  foreach t in array array['visit_photo','photo_piece'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
      with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())$p$, t);
  end loop;
end $$;
grant select, insert on visit_photo, photo_piece to quancheng_app;
grant update (resident_id, org_path) on visit_photo to quancheng_app;
grant delete on photo_piece to quancheng_app;
