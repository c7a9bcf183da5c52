import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import {
  addOrganization,
  listOrganizations,
  type OrganizationLine,
  renameOrganization,
} from '../contract.ts';
import { kindsBelow, organizationKindLabels } from '../domain/place-organization.ts';
import { StaffPanel } from './staff-panel.tsx';
import { FailureText, useSave } from './use-save.tsx';

/** The tree of organizations, one step at a time, and the people of each. */
export function OrganizationsScreen() {
  const [parentId, setParentId] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const mayManage = mayDo(useActor().role, 'organizations.manage');
  const page = useQuery({
    queryKey: ['organizations', parentId],
    queryFn: () => callApi(listOrganizations, { query: { parentId } }),
  });
  if (page.isPending)
    return (
      <Page>
        <Loading rows={8} />
      </Page>
    );
  if (page.isLoadingError)
    return (
      <Page>
        <Failure error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  const { parent, trail, items } = page.data;
  const kinds = kindsBelow(parent.kind);
  return (
    <Page>
      <div className="row" style={{ flexWrap: 'wrap' }}>
        {trail.map((step, index) => (
          <span key={step.id}>
            {index > 0 && <span className="soft"> › </span>}
            {step.id === parent.id ? (
              <b>{step.name}</b>
            ) : (
              <button type="button" className="link-button" onClick={() => setParentId(step.id)}>
                {step.name}
              </button>
            )}
          </span>
        ))}
      </div>
      <div className="row spread">
        <span>
          <h1>{parent.name}</h1>
          {parent.orgPhone && <span className="soft">电话 {parent.orgPhone}</span>}
        </span>
        {mayManage && (
          <span className="row">
            <Button onClick={() => setRenaming(true)}>改名称、电话</Button>
            {kinds.length > 0 && (
              <Button type="primary" onClick={() => setAdding(true)}>
                新增下级机构
              </Button>
            )}
          </span>
        )}
      </div>
      {kinds.length > 0 && (
        <section className="card">
          <h2 style={{ marginBottom: 6 }}>下级机构</h2>
          {items.length === 0 && (
            <Empty title="还没有下级机构">
              {mayManage ? '点“新增下级机构”开始。' : '由系统管理员新增。'}
            </Empty>
          )}
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              className="link-button row spread"
              style={{ width: '100%', padding: '8px 0', borderTop: '1px solid var(--line)' }}
              onClick={() => setParentId(item.id)}
            >
              <span>{item.name}</span>
              <span className="small soft">
                {organizationKindLabels[item.kind]} · {item.regionCode} · {item.staff} 人
              </span>
            </button>
          ))}
        </section>
      )}
      <StaffPanel organization={parent} />
      <AddOrganizationDialog
        key={`add-${String(adding)}`}
        parent={parent}
        open={adding}
        onClose={() => setAdding(false)}
      />
      <RenameDialog
        key={`name-${String(renaming)}`}
        organization={parent}
        open={renaming}
        onClose={() => setRenaming(false)}
      />
    </Page>
  );
}

function Page({ children }: { children: React.ReactNode }) {
  return <main className="page">{children}</main>;
}

function AddOrganizationDialog(props: { parent: OrganizationLine; open: boolean; onClose: () => void }) {
  const { parent } = props;
  const [ids] = useState(() => ({ operationId: uuidv7(), organizationId: uuidv7() }));
  const { run, failure, busy } = useSave();
  const [form] = Form.useForm<{ kind: 'township-centre'; name: string; regionCode?: string }>();
  const kind = Form.useWatch('kind', form);
  const needsCode = kind === undefined || ['township-centre', 'village-clinic'].includes(kind);
  const kinds = kindsBelow(parent.kind);
  const usual = kinds.includes('township-centre') ? 'township-centre' : kinds[0];
  return (
    <Modal
      open={props.open}
      title={`在${parent.name}下新增机构`}
      okText="新增"
      cancelText="取消"
      confirmLoading={busy}
      onCancel={props.onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: usual, regionCode: parent.regionCode }}
        onFinish={async (values) => {
          const done = await run(() =>
            callApi(addOrganization, {
              body: {
                ...ids,
                parentId: parent.id,
                ...values,
                regionCode: values.regionCode ?? parent.regionCode,
              },
            }),
          );
          if (done) props.onClose();
        }}
      >
        <Form.Item name="kind" label="类别" rules={[{ required: true }]}>
          <Select options={kinds.map((value) => ({ value, label: organizationKindLabels[value] }))} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
          <Input maxLength={60} />
        </Form.Item>
        {needsCode && (
          <Form.Item
            name="regionCode"
            label={`编码（${parent.regionCode} 加3位）`}
            rules={[{ required: true, message: '请填写编码' }]}
          >
            <Input maxLength={12} inputMode="numeric" />
          </Form.Item>
        )}
        <FailureText text={failure} />
      </Form>
    </Modal>
  );
}

function RenameDialog(props: { organization: OrganizationLine; open: boolean; onClose: () => void }) {
  const [operationId] = useState(() => uuidv7());
  const [name, setName] = useState(props.organization.name);
  const [phone, setPhone] = useState(props.organization.orgPhone ?? '');
  const { run, failure, busy } = useSave();
  const save = async () => {
    const done = await run(() =>
      callApi(renameOrganization, {
        params: { organizationId: props.organization.id },
        body: { operationId, name, orgPhone: phone },
      }),
    );
    if (done) props.onClose();
  };
  return (
    <Modal
      open={props.open}
      title="机构名称、电话"
      okText="保存"
      cancelText="取消"
      confirmLoading={busy}
      onCancel={props.onClose}
      onOk={() => void save()}
      destroyOnHidden
    >
      <Input
        aria-label="名称"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Input
        aria-label="联系电话"
        placeholder="联系电话：转诊前供其他机构拨打"
        style={{ marginTop: 8 }}
        maxLength={20}
        inputMode="tel"
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
      />
      <FailureText text={failure} />
    </Modal>
  );
}
