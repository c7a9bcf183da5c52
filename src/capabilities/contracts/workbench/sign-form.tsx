import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { ResidentDetail } from '#capabilities/residents/contract.ts';
import { addDays, addMonths, plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { signContract } from '../contract.ts';
import { audienceLabels } from '../domain/service-package.ts';
import { contractQueries, type SigningPage } from './contract-words.ts';

interface Values {
  doctorId: string;
  packageIds: string[];
  signedOn: string;
  validFrom: string;
  years: number;
  signer: 'resident' | 'guardian';
  signerName: string;
  guardianRelation?: string;
  guardianPhone?: string;
  family?: string[];
  consents?: boolean;
}

/** Signs or renews: the doctor, packages that fit the person, term, who signs, and who of the household signs along. */
export function SignForm(props: {
  person: ResidentDetail;
  page: SigningPage;
  renews: boolean;
  onClose: () => void;
}) {
  const { person, page, renews } = props;
  const actor = useActor();
  const [form] = Form.useForm<Values>();
  const [ids] = useState(() => ({
    operationId: uuidv7(),
    contractId: uuidv7(),
    family: new Map(page.household.map((one) => [one.id, uuidv7()])),
  }));
  const write = useWrite(contractQueries);
  const values = Form.useWatch([], form);
  const packages = page.packages.filter((one) => !one.isRetired);
  const initial = startingValues(props, actor);
  const save = async (given: Values) => {
    const { family = [], consents, ...rest } = given;
    const done = await write.run(
      () =>
        callApi(signContract, {
          params: { residentId: person.id },
          body: {
            ...rest,
            operationId: ids.operationId,
            contractId: ids.contractId,
            consents: consents as true,
            renews,
            family: page.household
              .filter((one) => family.includes(one.id))
              .map((one) => ({
                residentId: one.id,
                contractId: ids.family.get(one.id) ?? uuidv7(),
                packageIds: one.fitting,
              })),
          },
        }),
      renews ? '已续签' : '已签约',
    );
    if (done) props.onClose();
  };
  const term = termOf(values ?? initial);
  return (
    <section className="card" aria-label={renews ? '续签' : '签约'}>
      <h2 style={{ marginBottom: 10 }}>{renews ? '续签家庭医生' : '签约家庭医生'}</h2>
      <Form
        form={form}
        layout="vertical"
        initialValues={initial}
        onValuesChange={(changed: Partial<Values>) => {
          // Whoever signs is named anew: the person, or a guardian not yet known.
          if (changed.signer)
            form.setFieldValue('signerName', changed.signer === 'resident' ? person.name : '');
        }}
        onFinish={(given) => void save(given)}
      >
        <Form.Item name="doctorId" label="家庭医生" rules={[{ required: true, message: '请选择家庭医生' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            style={{ maxWidth: 420 }}
            options={page.doctors.map((one) => ({
              value: one.id,
              label: `${one.name}（${one.organizationName}）`,
            }))}
          />
        </Form.Item>
        <Form.Item
          name="packageIds"
          label="服务包（按人群预选）"
          rules={[{ required: true, message: '请选择至少一个服务包' }]}
        >
          <Checkbox.Group style={{ display: 'grid', gap: 8 }}>
            {packages.map((one) => (
              <Checkbox key={one.id} value={one.id}>
                <b>{one.name}</b>{' '}
                <span className="small soft">
                  {audienceLabels[one.audience]} ·{' '}
                  {one.priceCents === 0 ? '不收费' : `每年 ${one.priceCents / 100} 元`} ·{' '}
                  {one.items.map((item) => `${item.label}每年${item.timesPerYear}次`).join('、')}
                </span>
              </Checkbox>
            ))}
          </Checkbox.Group>
        </Form.Item>
        <div className="form-grid">
          <Form.Item name="signedOn" label="签约日期" rules={[{ required: true, message: '请填写日期' }]}>
            <Input type="date" max={actor.today} />
          </Form.Item>
          <Form.Item name="validFrom" label="生效日期" rules={[{ required: true, message: '请填写日期' }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="years" label="服务期限" extra={term && `到 ${term} 止`}>
            <Radio.Group
              options={[1, 2, 3].map((value) => ({ value, label: `${value} 年` }))}
              optionType="button"
            />
          </Form.Item>
          <Form.Item name="signer" label="谁签字">
            <Radio.Group
              optionType="button"
              options={[
                { value: 'resident', label: '居民本人' },
                { value: 'guardian', label: '监护人代签' },
              ]}
            />
          </Form.Item>
          <Form.Item
            name="signerName"
            label="签字人姓名"
            rules={[{ required: true, message: '请填写签字人姓名' }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          {values?.signer === 'guardian' && (
            <>
              <Form.Item
                name="guardianRelation"
                label="与居民的关系"
                rules={[{ required: true, message: '请填写关系' }]}
              >
                <Input maxLength={20} placeholder="如 母亲" />
              </Form.Item>
              <Form.Item name="guardianPhone" label="监护人电话">
                <Input maxLength={20} inputMode="tel" />
              </Form.Item>
            </>
          )}
        </div>
        {page.household.length > 0 && (
          <Form.Item name="family" label="同户成员一起签约（各按人群选服务包）">
            <Checkbox.Group style={{ display: 'grid', gap: 6 }}>
              {page.household.map((one) => (
                <Checkbox key={one.id} value={one.id} disabled={one.isContracted || one.fitting.length === 0}>
                  {one.name} {one.ageYears} 岁{' '}
                  <span className="small soft">
                    {one.isContracted ? '已签约' : namesOf(page, one.fitting)}
                  </span>
                </Checkbox>
              ))}
            </Checkbox.Group>
          </Form.Item>
        )}
        <Form.Item
          name="consents"
          valuePropName="checked"
          rules={[
            {
              validator: (_, value) =>
                value ? Promise.resolve() : Promise.reject(new Error('请先说明并取得同意')),
            },
          ]}
        >
          <Checkbox>
            已向居民说明服务内容、费用与健康信息的使用，居民同意签约，同意将健康信息用于签约服务
          </Checkbox>
        </Form.Item>
        <WriteProblem problem={write.problem} />
        <div className="row">
          <Button type="primary" size="large" htmlType="submit" loading={write.busy}>
            {renews ? '续签' : '签约'}
          </Button>
          <Button size="large" onClick={props.onClose}>
            取消
          </Button>
        </div>
      </Form>
    </section>
  );
}

const namesOf = (page: SigningPage, ids: readonly string[]) =>
  page.packages
    .filter((one) => ids.includes(one.id))
    .map((one) => one.name)
    .join('、');

function startingValues(
  { person, page, renews }: { person: ResidentDetail; page: SigningPage; renews: boolean },
  actor: { staffId: string; today: string },
): Values {
  const { current } = page;
  const today = plainDate(actor.today);
  const follows = renews && current ? addDays(plainDate(current.validTo), 1) : today;
  const isOwn = page.doctors.some((one) => one.id === actor.staffId);
  const onOffer = (current?.packageIds ?? []).filter((id) =>
    page.packages.some((one) => one.id === id && !one.isRetired),
  );
  return {
    doctorId: current?.doctorId ?? (isOwn ? actor.staffId : (page.doctors[0]?.id ?? '')),
    packageIds: [...new Set([...(renews ? onOffer : []), ...page.fitting])],
    signedOn: today,
    // A renewal goes on where the old term ends, unless that has gone by or is too far ahead.
    validFrom: follows >= today && follows <= addMonths(today, 3) ? follows : today,
    years: 1,
    signer: person.ageYears < 18 ? 'guardian' : 'resident',
    signerName: person.ageYears < 18 ? '' : person.name,
  };
}

function termOf(values: { validFrom?: string; years?: number }): string | undefined {
  if (!values.validFrom || !values.years || !/^\d{4}-\d\d-\d\d$/.test(values.validFrom)) return undefined;
  return addDays(addMonths(plainDate(values.validFrom), values.years * 12), -1);
}
