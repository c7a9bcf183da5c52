import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { audienceLabels, deliverables, type PackageAudience } from '../domain/service-package.ts';
import { type PackageLine, writePackage } from '../package-contract.ts';

interface Values {
  code: string;
  name: string;
  audience: PackageAudience;
  yuan: number;
  items: { label: string; timesPerYear: number; forms: string[] }[];
}

/** Adds a package, or revises one: what was promised stays as it was promised. */
export function PackageDialog({ from, onClose }: { from: PackageLine | undefined; onClose: () => void }) {
  const [ids] = useState(() => ({ operationId: uuidv7(), packageId: uuidv7() }));
  const write = useWrite(['contracts']);
  const [form] = Form.useForm<Values>();
  const save = async ({ yuan, items, ...values }: Values) => {
    const done = await write.run(
      () =>
        callApi(writePackage, {
          body: {
            ...ids,
            ...(from ? { replacesId: from.id } : {}),
            ...values,
            priceCents: Math.round(yuan * 100),
            items: items.map((item, index) => ({ ...item, code: `item-${index + 1}` })),
          },
        }),
      from ? '已修订，原包停用' : '已新增',
    );
    if (done) onClose();
  };
  return (
    <Modal
      open
      width={720}
      title={from ? `修订${from.name}` : '新增服务包'}
      okText="保存"
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={
          from
            ? { ...from, yuan: from.priceCents / 100 }
            : { audience: 'general', yuan: 0, items: [{ timesPerYear: 1 }] }
        }
        onFinish={(values) => void save(values)}
      >
        <div className="form-grid">
          <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item
            name="code"
            label="代码"
            rules={[{ required: true, pattern: /^[a-z][a-z0-9-]*$/, message: '小写字母、数字和短横线' }]}
          >
            <Input maxLength={40} disabled={from !== undefined} />
          </Form.Item>
          <Form.Item name="audience" label="适用人群">
            <Select options={Object.entries(audienceLabels).map(([value, label]) => ({ value, label }))} />
          </Form.Item>
          <Form.Item name="yuan" label="每年费用（元）" rules={[{ required: true, message: '请填写费用' }]}>
            <InputNumber min={0} max={100_000} precision={2} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        <Form.List name="items">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <div key={row.key} className="card" style={{ marginBottom: 8 }}>
                  <div className="form-grid">
                    <Form.Item
                      name={[row.name, 'label']}
                      label="服务项目"
                      rules={[{ required: true, message: '请填写项目' }]}
                    >
                      <Input maxLength={60} />
                    </Form.Item>
                    <Form.Item
                      name={[row.name, 'timesPerYear']}
                      label="每年次数"
                      rules={[{ required: true }]}
                    >
                      <InputNumber min={1} max={366} precision={0} />
                    </Form.Item>
                  </div>
                  <Form.Item
                    name={[row.name, 'forms']}
                    label="由哪些服务记录计入"
                    rules={[{ required: true, message: '请选择至少一种服务记录' }]}
                  >
                    <Select
                      mode="multiple"
                      options={Object.entries(deliverables).map(([value, label]) => ({ value, label }))}
                    />
                  </Form.Item>
                  {rows.length > 1 && (
                    <Button size="small" onClick={() => remove(row.name)}>
                      去掉这一项
                    </Button>
                  )}
                </div>
              ))}
              <Button onClick={() => add({ timesPerYear: 1 })}>加一项</Button>
            </>
          )}
        </Form.List>
        <WriteProblem problem={write.problem} />
      </Form>
    </Modal>
  );
}
