import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber, Radio } from 'antd';
import { levelDays } from '#clinical/grading/place-tier.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { WriteProblem } from '#platform/browser/use-write.tsx';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { showCountySettings } from '../grading-contract.ts';
import { CriticalValuesCard } from './critical-values-card.tsx';
import { changedText, useCountySetting } from './use-county-setting.ts';

type Settings = EndpointResponse<typeof showCountySettings>;

/** 县级设置: the way of grading, the days of the course, the critical values; stricter than the norm or as hospitals have them, never wider. */
export function CountySettingsScreen() {
  const actor = useActor();
  const settings = useQuery({
    queryKey: ['county-settings'],
    queryFn: () => callApi(showCountySettings),
  });
  const mayChange = mayDo(actor.role, 'county-settings.change');
  return (
    <main className="page">
      <h1>县级设置</h1>
      <p className="soft" style={{ margin: 0 }}>
        县里可以定得比国家规范更严，不能更宽；检验危急值在各院清单所见的范围内自定。
        {!mayChange && '由系统管理员修改。'}
      </p>
      {settings.isPending && <Loading rows={8} />}
      {settings.isLoadingError && <Failure error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <>
          <SchemeCard
            key={`scheme ${settings.data.gradingScheme.changedAt}`}
            settings={settings.data}
            mayChange={mayChange}
          />
          <DaysCard
            key={`days ${settings.data.courseDays.changedAt}`}
            settings={settings.data}
            mayChange={mayChange}
          />
          <CriticalValuesCard
            key={`critical ${settings.data.criticalValues.changedAt}`}
            given={settings.data.criticalValues}
            mayChange={mayChange}
          />
        </>
      )}
    </main>
  );
}

function SchemeCard({ settings, mayChange }: { settings: Settings; mayChange: boolean }) {
  const actor = useActor();
  const { value, changedAt } = settings.gradingScheme;
  const { change, renew, problem, busy } = useCountySetting(changedAt);
  const [form] = Form.useForm<{ scheme: 'colour' | 'levels'; green: number; yellow: number; red: number }>();
  const fillUsual = (scheme: 'colour' | 'levels') =>
    form.setFieldsValue(
      scheme === 'levels' ? levelDays(plainDate(actor.today)) : settings.defaults.gradingScheme.everyDays,
    );
  return (
    <section className="card">
      <h2>分级分标方案</h2>
      <p className="small soft">
        {changedText(changedAt)}。改变后，从下一次评定起生效；可用批量“重新评定”推开。
      </p>
      <Form
        form={form}
        layout="vertical"
        disabled={!mayChange}
        initialValues={{ scheme: value.scheme, ...value.everyDays }}
        onValuesChange={(changed: { scheme?: 'colour' | 'levels' }) => {
          renew();
          if (changed.scheme) fillUsual(changed.scheme);
        }}
        onFinish={({ scheme, ...everyDays }) =>
          void change({ key: 'grading-scheme', value: { scheme, everyDays } })
        }
      >
        <Form.Item name="scheme" label="办法">
          <Radio.Group
            options={[
              { value: 'colour', label: '红黄绿标（按控制与并发症）' },
              { value: 'levels', label: '高血压三级管理（按危险分层，历史口径）' },
            ]}
          />
        </Form.Item>
        <div className="row">
          {(
            [
              ['red', '红标每隔'],
              ['yellow', '黄标每隔'],
              ['green', '绿标每隔'],
            ] as const
          ).map(([key, label]) => (
            <Form.Item key={key} name={key} label={label} rules={[{ required: true, message: '请填写天数' }]}>
              <InputNumber min={1} suffix="天随访" style={{ width: 150 }} />
            </Form.Item>
          ))}
        </div>
        <WriteProblem problem={problem} />
        {mayChange && (
          <Button type="primary" htmlType="submit" loading={busy}>
            保存方案
          </Button>
        )}
      </Form>
    </section>
  );
}

function DaysCard({ settings, mayChange }: { settings: Settings; mayChange: boolean }) {
  const { value, changedAt } = settings.courseDays;
  const { change, renew, problem, busy } = useCountySetting(changedAt);
  return (
    <section className="card">
      <h2>病程时限</h2>
      <p className="small soft">{changedText(changedAt)}。</p>
      <Form
        layout="vertical"
        disabled={!mayChange}
        initialValues={value}
        onValuesChange={renew}
        onFinish={(days) => void change({ key: 'course-days', value: days })}
      >
        <div className="row">
          <Form.Item
            name="suspected"
            label="疑似后应明确诊断"
            rules={[{ required: true, message: '请填写天数' }]}
          >
            <InputNumber min={1} suffix="天内" style={{ width: 150 }} />
          </Form.Item>
          <Form.Item
            name="confirmed"
            label="确诊后应纳入管理"
            rules={[{ required: true, message: '请填写天数' }]}
          >
            <InputNumber min={1} suffix="天内" style={{ width: 150 }} />
          </Form.Item>
        </div>
        <WriteProblem problem={problem} />
        {mayChange && (
          <Button type="primary" htmlType="submit" loading={busy}>
            保存时限
          </Button>
        )}
      </Form>
    </section>
  );
}
