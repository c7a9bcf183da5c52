import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { addSchedule, type listSchedules, releaseSlot } from '../contract.ts';
import { type SlotKind, slotKindLabels } from '../domain/plan-slots.ts';
import { weekdayLabels } from '../domain/slot-time.ts';

interface Values {
  organizationId: string;
  kind: SlotKind;
  title: string;
  doctorId?: string;
  weekday: number;
  day: string;
  starts: string;
  ends: string;
  capacity: number;
}

/** A weekly line, or one slot released by hand. */
export function ScheduleDialog(props: {
  mode: 'weekly' | 'once';
  choices: Pick<EndpointResponse<typeof listSchedules>, 'organizations' | 'doctors'>;
  onClose: () => void;
}) {
  const { organizations, doctors } = props.choices;
  const actor = useActor();
  const [ids] = useState(() => ({ operationId: uuidv7(), id: uuidv7() }));
  const write = useWrite(['appointments']);
  const [form] = Form.useForm<Values>();
  const organizationId = Form.useWatch('organizationId', form);
  const isHospital = organizations.find((one) => one.id === organizationId)?.kind === 'county-hospital';
  const kinds = (Object.keys(slotKindLabels) as SlotKind[]).filter(
    (kind) => (kind === 'lead-hospital') === isHospital,
  );
  const first = organizations.find((one) => one.id === actor.organizationId) ?? organizations[0];
  const save = async ({ weekday, day, doctorId, ...rest }: Values) => {
    const clinic = { ...rest, doctorId: doctorId ?? null };
    const done = await write.run<unknown>(
      () =>
        props.mode === 'weekly'
          ? callApi(addSchedule, {
              body: { operationId: ids.operationId, scheduleId: ids.id, weekday, ...clinic },
            })
          : callApi(releaseSlot, {
              body: { operationId: ids.operationId, slotId: ids.id, day, ...clinic },
            }),
      props.mode === 'weekly' ? '已新增排班' : '已放号',
    );
    if (done) props.onClose();
  };
  return (
    <Modal
      open
      title={props.mode === 'weekly' ? '新增排班' : '临时放号'}
      okText="保存"
      cancelText="取消"
      confirmLoading={write.busy}
      onCancel={props.onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          organizationId: first?.id,
          kind: first?.kind === 'county-hospital' ? 'lead-hospital' : 'centre',
          weekday: 1,
          day: actor.today,
          starts: '08:00',
          ends: '11:30',
          capacity: 10,
        }}
        onValuesChange={(changed: Partial<Values>) => {
          const place = organizations.find((one) => one.id === changed.organizationId);
          if (place)
            form.setFieldValue('kind', place.kind === 'county-hospital' ? 'lead-hospital' : 'centre');
        }}
        onFinish={(values) => void save({ ...form.getFieldsValue(), ...values })}
      >
        <Form.Item name="organizationId" label="出诊机构" rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={organizations.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
        <div className="form-grid">
          <Form.Item name="kind" label="类别" rules={[{ required: true }]}>
            <Select options={kinds.map((value) => ({ value, label: slotKindLabels[value] }))} />
          </Form.Item>
          <Form.Item
            name="title"
            label="科室或诊室"
            rules={[{ required: true, message: '请填写科室或诊室' }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="doctorId" label="出诊医生">
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="不指定"
              options={doctors.map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
          {props.mode === 'weekly' ? (
            <Form.Item name="weekday" label="星期">
              <Select options={weekdayLabels.flatMap((label, value) => (label ? [{ value, label }] : []))} />
            </Form.Item>
          ) : (
            <Form.Item name="day" label="日期" rules={[{ required: true, message: '请填写日期' }]}>
              <Input type="date" min={actor.today} />
            </Form.Item>
          )}
          <Form.Item name="starts" label="开始" rules={[{ required: true, message: '请填写时间' }]}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="ends" label="结束" rules={[{ required: true, message: '请填写时间' }]}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="capacity" label="号数" rules={[{ required: true, message: '请填写号数' }]}>
            <InputNumber min={1} max={500} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        <WriteProblem problem={write.problem} />
      </Form>
    </Modal>
  );
}
