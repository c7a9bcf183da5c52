-- The village doctor's phone: which residents changed and in which transaction, the phones and their users, operations
-- kept for a person to decide, and fields of a person's record on which two people disagree.

-- ---------------------------------------------------------------- 变化记录
-- One row per transaction and resident it touched. The cursor of a phone is (xid, resident), bounded by the oldest
-- transaction still running: a serial number or a time alone misses rows that commit late (measured: 693 of 1,800).
create table change_feed (
  county_id   text not null,
  xid         xid8 not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  was_path    text collate "C",
  primary key (county_id, xid, resident_id)
);
create index change_feed_by_resident on change_feed (county_id, resident_id);
comment on table change_feed is '变化记录：哪个事务改动了哪位居民，供手机取回最新情况｜L3';
comment on column change_feed.county_id is '县级行政区划代码｜L1';
comment on column change_feed.xid is '数据库事务编号，同步位置据此排序｜L1';
comment on column change_feed.resident_id is '居民内部编号｜L3';
comment on column change_feed.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column change_feed.was_path is '迁移前的管理机构位置：原机构的手机据此删除｜L3';

-- Whatever a phone shows of a resident is written with this trigger, so that no writer can forget it. A bulk load into an
-- empty county says `app.bulk_load = 'on'`: no phone has a cursor yet.
create function touch_resident() returns trigger language plpgsql as $$
begin
  insert into change_feed (county_id, xid, resident_id, org_path)
    values (new.county_id, pg_current_xact_id(), new.resident_id, new.org_path) on conflict do nothing;
  return null;
end $$;

create function touch_resident_itself() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.org_path is distinct from new.org_path then
    update change_feed set org_path = new.org_path, was_path = coalesce(was_path, old.org_path)
      where county_id = new.county_id and xid = pg_current_xact_id() and resident_id = new.id;
    if not found then
      insert into change_feed (county_id, xid, resident_id, org_path, was_path)
        values (new.county_id, pg_current_xact_id(), new.id, new.org_path, old.org_path);
    end if;
  else
    insert into change_feed (county_id, xid, resident_id, org_path)
      values (new.county_id, pg_current_xact_id(), new.id, new.org_path) on conflict do nothing;
  end if;
  return null;
end $$;

create trigger touch_resident after insert or update on resident for each row
  when (current_setting('app.bulk_load', true) is distinct from 'on') execute function touch_resident_itself();

-- ---------------------------------------------------------------- 手机
create table field_device (
  county_id     text not null,
  device_id     uuid not null,
  staff_id      uuid not null,
  org_path      text collate "C" not null,
  name          text not null,
  app_version   text not null,
  share         bytea not null,
  hand_over_hash bytea not null,
  scope_paths   text[] not null,
  state         text not null default 'active' check (state in ('active','wipe-ordered','wiped','revoked')),
  first_seen_at timestamptz not null,
  last_contact_at timestamptz,
  pending       integer not null default 0,
  refused       integer not null default 0,
  clock_skew_seconds integer,
  is_persisted  boolean not null default false,
  lost_store_at timestamptz,
  ordered_by    uuid,
  ordered_at    timestamptz,
  order_reason  text,
  primary key (county_id, device_id, staff_id),
  foreign key (county_id, staff_id) references staff (county_id, id)
);
create index field_device_by_org on field_device (county_id, org_path, device_id, staff_id);
comment on table field_device is '手机与其使用者：一台手机上每个使用者一行，各自的数据互不可见｜L4';
comment on column field_device.county_id is '县级行政区划代码｜L1';
comment on column field_device.device_id is '手机编号（由手机生成）｜L3';
comment on column field_device.staff_id is '使用者｜L3';
comment on column field_device.org_path is '使用者机构位置，行级安全据此判断｜L3';
comment on column field_device.name is '手机名称｜L3';
comment on column field_device.app_version is '应用版本｜L1';
comment on column field_device.share is '解锁所需的服务器一半｜S';
comment on column field_device.hand_over_hash is '交出未送达操作的凭证的 SHA-256｜S';
comment on column field_device.scope_paths is '带到手机上的机构范围｜L3';
comment on column field_device.state is '状态：在用、待清除、已清除、已收回｜L3';
comment on column field_device.first_seen_at is '登记时间｜L3';
comment on column field_device.last_contact_at is '最近联系时间｜L3';
comment on column field_device.pending is '最近一次报告的待发送数｜L3';
comment on column field_device.refused is '最近一次报告的需处理数｜L3';
comment on column field_device.clock_skew_seconds is '手机时钟比服务器快多少秒｜L3';
comment on column field_device.is_persisted is '浏览器是否承诺保留本机数据｜L3';
comment on column field_device.lost_store_at is '发现本机数据被清除的时间｜L3';
comment on column field_device.ordered_by is '下令收回或清除的人｜L3';
comment on column field_device.ordered_at is '下令时间｜L3';
comment on column field_device.order_reason is '收回或清除的原因｜L4';

-- ---------------------------------------------------------------- 留待处理的操作
create table held_operation (
  county_id    text not null,
  operation_id uuid not null,
  device_id    uuid not null,
  staff_id     uuid not null,
  org_path     text collate "C" not null,
  kind         text not null,
  resident_id  uuid not null,
  seq          bigint not null,
  saved_at     text not null,
  body         jsonb not null,
  why          text not null check (why in ('refused','given-up','handed-over')),
  problem      jsonb,
  note         text,
  received_at  timestamptz not null,
  resolved_at  timestamptz,
  primary key (county_id, operation_id)
);
create index held_operation_open on held_operation (county_id, org_path, received_at desc, operation_id) where resolved_at is null;
create index held_operation_by_device on held_operation (county_id, device_id, staff_id) where resolved_at is null;
comment on table held_operation is '手机送来而未能入档的操作：被退回、由本人放弃或由被收回的手机交出，原文保留｜L4';
comment on column held_operation.county_id is '县级行政区划代码｜L1';
comment on column held_operation.operation_id is '操作编号（由手机生成）｜L3';
comment on column held_operation.device_id is '手机编号｜L3';
comment on column held_operation.staff_id is '填写人｜L3';
comment on column held_operation.org_path is '填写人机构位置，行级安全据此判断｜L3';
comment on column held_operation.kind is '操作类别｜L1';
comment on column held_operation.resident_id is '居民内部编号｜L3';
comment on column held_operation.seq is '在该手机上的次序｜L3';
comment on column held_operation.saved_at is '手机时钟的保存时间，只作参考｜L3';
comment on column held_operation.body is '填写的内容｜L4';
comment on column held_operation.why is '为何留待处理｜L3';
comment on column held_operation.problem is '退回的理由与涉及的项目｜L4';
comment on column held_operation.note is '放弃的原因｜L4';
comment on column held_operation.received_at is '服务器收到时间｜L3';
comment on column held_operation.resolved_at is '改正后入档的时间｜L3';

-- ---------------------------------------------------------------- 个人信息不一致
create table person_conflict (
  county_id   text not null,
  id          uuid not null,
  resident_id uuid not null,
  org_path    text collate "C" not null,
  field       text not null,
  base        jsonb,
  kept        jsonb,
  kept_by     uuid,
  offered     jsonb,
  offered_by  uuid not null,
  operation_id uuid not null,
  made_at     timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid,
  choice      text check (choice in ('kept','offered')),
  primary key (county_id, id),
  foreign key (county_id, resident_id) references resident (county_id, id)
);
create index person_conflict_open on person_conflict (county_id, resident_id) where resolved_at is null;
comment on table person_conflict is '两人对同一项个人信息填写了不同的值：两个值都保留，由人裁决｜L4';
comment on column person_conflict.county_id is '县级行政区划代码｜L1';
comment on column person_conflict.id is '编号｜L3';
comment on column person_conflict.resident_id is '居民内部编号｜L3';
comment on column person_conflict.org_path is '居民管理机构位置，行级安全据此判断｜L3';
comment on column person_conflict.field is '哪一项｜L3';
comment on column person_conflict.base is '两人修改前共同见到的值｜L4';
comment on column person_conflict.kept is '现行的值｜L4';
comment on column person_conflict.kept_by is '现行的值由谁填写｜L3';
comment on column person_conflict.offered is '后到的值｜L4';
comment on column person_conflict.offered_by is '后到的值由谁填写｜L3';
comment on column person_conflict.operation_id is '由哪项操作带来｜L3';
comment on column person_conflict.made_at is '发现时间（服务器）｜L3';
comment on column person_conflict.resolved_at is '裁决时间｜L3';
comment on column person_conflict.resolved_by is '裁决人｜L3';
comment on column person_conflict.choice is '采用哪一个｜L4';

-- Tables of this round and before that a phone shows. A later table joins with the same one statement.
do $$
declare t text;
begin
  foreach t in array array['enrollment','form_record','follow_up_task','contract','condition_episode','campaign_person',
                           'grade_event','person_conflict'] loop
    execute format($p$create trigger touch_resident after insert or update on %I for each row
      when (current_setting('app.bulk_load', true) is distinct from 'on') execute function touch_resident()$p$, t);
  end loop;
end $$;

do $$
declare t text;
begin
  foreach t in array array['field_device','held_operation','person_conflict'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy subtree on %I using (
        county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())
      with check (county_id = app_county() and org_path >= app_scope_from() and org_path < app_scope_to())$p$, t);
  end loop;
end $$;
-- Whoever may see the resident, or could before a move, sees that something changed; a writer notes it anywhere in the county.
alter table change_feed enable row level security;
alter table change_feed force row level security;
create policy touched on change_feed using (county_id = (select app_county())
    and ((org_path >= (select app_scope_from()) and org_path < (select app_scope_to()))
      or (was_path >= (select app_scope_from()) and was_path < (select app_scope_to()))))
  with check (county_id = (select app_county()));

grant select, insert on change_feed, field_device, held_operation, person_conflict to quancheng_app;
grant update on field_device, held_operation, person_conflict to quancheng_app;
grant update (org_path, was_path) on change_feed to quancheng_app;
grant delete on change_feed to quancheng_app;
