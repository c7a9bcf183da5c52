-- A phone without a network cannot send a referral: the doctor calls the house that is to receive it.
alter table organization add column phone text;
comment on column organization.phone is '对外联系电话（如接诊、急诊），转诊时供其他机构拨打｜L1';
