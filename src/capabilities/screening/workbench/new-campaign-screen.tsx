import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { showGrading } from '#capabilities/enrollment/grading-contract.ts';
import { screenedConditionLabels } from '#clinical/screening/plan-high-risk-visit.ts';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { prepareCampaign, type ScreeningCondition } from '../contract.ts';
import { type CampaignRisk, campaignRisks } from '../domain/campaign-target.ts';
import { ScreeningPage } from './screening-page.tsx';

interface Given {
  readonly name: string;
  readonly organizationId: string;
  readonly condition: ScreeningCondition;
  readonly ageFrom: number;
  readonly ageTo?: number | null;
  readonly sex: '' | '1' | '2';
  readonly risks: CampaignRisk[];
  readonly notScreenedMonths: number;
  readonly startsOn: string;
  readonly endsOn: string;
}

const usualAge: Readonly<Record<ScreeningCondition, number>> = {
  hypertension: 35,
  'type-2-diabetes': 35,
  copd: 40,
  'stroke-unspecified': 40,
};

/** Who, where, which days; the list is made from the register and looked at before anything starts. */
export function NewCampaignScreen() {
  const actor = useActor();
  const navigate = useNavigate();
  const [ids, setIds] = useState(() => ({ operationId: uuidv7(), campaignId: uuidv7() }));
  const { run, problem, busy } = useWrite(['campaign']);
  const [form] = Form.useForm<Given>();
  const places = useQuery({
    queryKey: ['grading', 'places'],
    queryFn: () => callApi(showGrading, { query: {} }),
  });
  if (places.isPending) return <ScreeningPage here="campaigns">{<Loading rows={8} />}</ScreeningPage>;
  if (places.isLoadingError)
    return (
      <ScreeningPage here="campaigns">
        <Failure error={places.error} onRetry={() => void places.refetch()} />
      </ScreeningPage>
    );
  const { place, children } = places.data;
  const submit = async (given: Given) => {
    const { condition, ageFrom, ageTo, sex, risks, notScreenedMonths, ...rest } = given;
    const made = await run(() =>
      callApi(prepareCampaign, {
        body: {
          ...ids,
          ...rest,
          target: {
            condition,
            ageFrom,
            ...(ageTo ? { ageTo } : {}),
            ...(sex ? { sex } : {}),
            risks,
            notScreenedMonths,
          },
        },
      }),
    );
    if (made)
      void navigate({ to: '/screening/campaigns/$campaignId', params: { campaignId: ids.campaignId } });
  };
  return (
    <ScreeningPage here="campaigns">
      <section className="card" style={{ maxWidth: 760 }}>
        <h2 style={{ marginBottom: 12 }}>新建筛查活动</h2>
        <Form
          form={form}
          layout="vertical"
          onFinish={submit}
          onValuesChange={(changed: Partial<Given>) => {
            // A changed form is another operation; the same form sent again is the same one.
            setIds({ operationId: uuidv7(), campaignId: uuidv7() });
            if (changed.condition) form.setFieldValue('ageFrom', usualAge[changed.condition]);
          }}
          initialValues={{
            organizationId: place.id,
            condition: 'hypertension',
            ageFrom: usualAge.hypertension,
            sex: '',
            risks: [],
            notScreenedMonths: 12,
            startsOn: actor.today,
            endsOn: addDays(plainDate(actor.today), 30),
          }}
        >
          <Form.Item name="name" label="活动名称" rules={[{ required: true, message: '请填写活动名称' }]}>
            <Input maxLength={60} placeholder="例如：2026年冬季35岁及以上血压筛查" autoFocus />
          </Form.Item>
          <Form.Item name="condition" label="筛查病种">
            <Radio.Group
              options={Object.entries(screenedConditionLabels).map(([value, label]) => ({ value, label }))}
            />
          </Form.Item>
          <div className="form-grid">
            <Form.Item name="organizationId" label="范围">
              <Select
                options={[place, ...children].map(({ id, name }) => ({ value: id, label: name }))}
                showSearch={{ optionFilterProp: 'label' }}
              />
            </Form.Item>
            <Form.Item name="sex" label="性别">
              <Radio.Group
                options={[
                  { value: '', label: '不限' },
                  { value: '1', label: '男' },
                  { value: '2', label: '女' },
                ]}
              />
            </Form.Item>
            <Form.Item
              name="ageFrom"
              label="年龄下限"
              rules={[{ required: true, message: '请填写年龄下限' }]}
            >
              <InputNumber min={18} max={110} style={{ width: '100%' }} suffix="岁" />
            </Form.Item>
            <Form.Item name="ageTo" label="年龄上限（可不填）">
              <InputNumber min={18} max={120} style={{ width: '100%' }} suffix="岁" />
            </Form.Item>
            <Form.Item name="startsOn" label="开始日期" rules={[{ required: true, message: '请填写日期' }]}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="endsOn" label="结束日期" rules={[{ required: true, message: '请填写日期' }]}>
              <Input type="date" />
            </Form.Item>
          </div>
          <Form.Item name="risks" label="只筛有下列任一危险因素的人（都不选为该年龄全部居民）">
            <Checkbox.Group
              options={Object.entries(campaignRisks).map(([value, label]) => ({ value, label }))}
            />
          </Form.Item>
          <Form.Item name="notScreenedMonths" label="排除近几个月内已筛查的人（0为不排除）">
            <InputNumber min={0} max={120} suffix="个月" style={{ width: 140 }} />
          </Form.Item>
          <WriteProblem problem={problem} />
          <Button type="primary" htmlType="submit" size="large" loading={busy}>
            生成名单并预览
          </Button>
        </Form>
      </section>
    </ScreeningPage>
  );
}
