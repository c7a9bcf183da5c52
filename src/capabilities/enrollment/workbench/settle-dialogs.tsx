import { Form, Input, InputNumber, Modal, Radio, Segmented, Switch } from 'antd';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { ScreenedCondition } from '#clinical/screening/screening-parameters.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useActor } from '#platform/browser/session.tsx';
import { useWrite, WriteProblem } from '#platform/browser/use-write.tsx';
import { clearEpisode, confirmEpisode, type Episode } from '../contract.ts';
import { conditionName } from './course-words.ts';

/** What lists and panels show of a course; all are fetched anew after a step. */
export const courseQueries = ['episodes', 'course', 'resident', 'worklist', 'campaign'] as const;

type EvidenceKind = 'pressures' | 'glucose' | 'spirometry' | 'outside';
const evidenceOf: Readonly<Record<ScreenedCondition, readonly EvidenceKind[]>> = {
  hypertension: ['pressures', 'outside'],
  'type-2-diabetes': ['glucose', 'outside'],
  copd: ['spirometry', 'outside'],
  'stroke-unspecified': ['outside'],
};
const evidenceLabels: Readonly<Record<EvidenceKind, string>> = {
  pressures: '诊室血压',
  glucose: '静脉血糖',
  spirometry: '肺功能',
  outside: '外院诊断',
};

type Given = Record<string, string | number | boolean | undefined>;

function evidenceFrom(kind: EvidenceKind, given: Given) {
  switch (kind) {
    case 'pressures':
      return { kind, ...(typeof given.acute === 'boolean' ? { acuteSymptoms: given.acute } : {}) };
    case 'outside':
      return { kind, hospital: String(given.hospital ?? ''), on: String(given.on ?? '') };
    case 'spirometry':
      return {
        kind,
        tests: ['1', '2'].flatMap((n) => {
          const [on, ratio, fev1Percent] = [given[`on${n}`], given[`ratio${n}`], given[`fev1Percent${n}`]];
          return on && typeof ratio === 'number' && typeof fev1Percent === 'number'
            ? [{ on: String(on), ratio, fev1Percent }]
            : [];
        }),
        afterBronchodilator: given.afterBronchodilator === true,
        symptomsOrExposure: given.symptomsOrExposure === true,
        otherLungDiseaseExcluded: given.otherLungDiseaseExcluded === true,
      };
    case 'glucose':
      return {
        kind,
        typicalSymptoms: given.typicalSymptoms === true,
        occasions: ['1', '2'].flatMap((n) => {
          const on = given[`on${n}`];
          const values = Object.fromEntries(
            ['fpg', 'twoHour', 'hba1c', 'random'].flatMap((name) => {
              const value = given[name + n];
              return typeof value === 'number' ? [[name, value]] : [];
            }),
          );
          return on && Object.keys(values).length > 0 ? [{ on: String(on), ...values }] : [];
        }),
      };
  }
}

/** Confirms a disease on evidence; the server weighs it by the rule and says what is lacking. */
export function ConfirmDialog({ episode, onClose }: { episode: Episode; onClose: () => void }) {
  const actor = useActor();
  const kinds = evidenceOf[episode.condition as ScreenedCondition] ?? ['outside'];
  const [kind, setKind] = useState<EvidenceKind>(kinds[0] ?? 'outside');
  const [operationId] = useState(() => uuidv7());
  const { run, problem, busy } = useWrite(courseQueries);
  const [form] = Form.useForm<Given>();
  const submit = async (given: Given) => {
    const done = await run(
      () =>
        callApi(confirmEpisode, {
          params: { episodeId: episode.id },
          body: {
            operationId,
            version: episode.version,
            onDay: String(given.onDay),
            evidence: evidenceFrom(kind, given),
          },
        }),
      '已确诊，请在期限内纳入管理',
    );
    if (done) onClose();
  };
  return (
    <Modal
      open
      title={`确诊${conditionName(episode.condition)}`}
      okText="按依据确诊"
      cancelText="取消"
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={busy}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={submit}
        initialValues={{ onDay: actor.today, on1: actor.today, afterBronchodilator: true }}
      >
        <Form.Item label="依据">
          <Segmented
            value={kind}
            onChange={(value) => setKind(value as EvidenceKind)}
            options={kinds.map((value) => ({ value, label: evidenceLabels[value] }))}
          />
        </Form.Item>
        {kind === 'pressures' && (
          <>
            <p className="soft">取近三个月档案中的诊室血压，按非同日三次的规则核对，不需要再录入。</p>
            <Form.Item
              name="acute"
              label="现在有无急性症状（剧烈头痛、胸痛、呼吸困难、意识或视力改变、肢体无力）"
              rules={[{ required: true, message: '请先询问有无急性症状' }]}
            >
              <Radio.Group
                options={[
                  { value: false, label: '问过，没有' },
                  { value: true, label: '有（立即转诊）' },
                ]}
              />
            </Form.Item>
          </>
        )}
        {kind === 'glucose' && <GlucoseFields today={actor.today} />}
        {kind === 'spirometry' && <SpirometryFields today={actor.today} />}
        {kind === 'outside' && <OutsideFields today={actor.today} />}
        <Day name="onDay" label="确诊日期" today={actor.today} />
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}

function Day({ name, label, today }: { name: string; label: string; today: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: '请填写日期' }]}>
      <Input type="date" max={today} />
    </Form.Item>
  );
}

const glucoseFields = [
  ['fpg', '空腹血糖 mmol/L'],
  ['twoHour', 'OGTT 2小时 mmol/L'],
  ['hba1c', '糖化血红蛋白 %'],
  ['random', '随机血糖 mmol/L'],
] as const;

function GlucoseFields({ today }: { today: string }) {
  return (
    <>
      {['1', '2'].map((n) => (
        <fieldset key={n} style={{ border: '1px solid var(--line)', borderRadius: 8, marginBottom: 10 }}>
          <legend className="small soft">
            {n === '1' ? '第一次化验' : '另一日化验（无典型症状时需要）'}
          </legend>
          <div className="form-grid">
            <Form.Item name={`on${n}`} label="日期" style={{ marginBottom: 6 }}>
              <Input type="date" max={today} />
            </Form.Item>
            {glucoseFields.map(([id, label]) => (
              <Form.Item key={id} name={id + n} label={label} style={{ marginBottom: 6 }}>
                <InputNumber style={{ width: '100%' }} step={0.1} />
              </Form.Item>
            ))}
          </div>
        </fieldset>
      ))}
      <Form.Item name="typicalSymptoms" label="有典型糖尿病症状" valuePropName="checked">
        <Switch aria-label="有典型糖尿病症状" />
      </Form.Item>
    </>
  );
}

const spirometryAnswers = [
  ['afterBronchodilator', '吸入支气管舒张剂后测定'],
  ['symptomsOrExposure', '有慢性症状或危险因素接触'],
  ['otherLungDiseaseExcluded', '已排除哮喘、支气管扩张、结核、心衰'],
] as const;

function SpirometryFields({ today }: { today: string }) {
  return (
    <>
      {['1', '2'].map((n) => (
        <fieldset key={n} style={{ border: '1px solid var(--line)', borderRadius: 8, marginBottom: 10 }}>
          <legend className="small soft">
            {n === '1' ? '第一次肺功能' : '另一日肺功能（比值在 0.60–0.80 之间时需要）'}
          </legend>
          <div className="form-grid">
            <Form.Item
              name={`on${n}`}
              label="日期"
              style={{ marginBottom: 6 }}
              rules={n === '1' ? [{ required: true, message: '请填写日期' }] : []}
            >
              <Input type="date" max={today} />
            </Form.Item>
            {(
              [
                ['ratio', 'FEV1/FVC（如 0.65）', 0.01],
                ['fev1Percent', 'FEV1 占预计值 %', 1],
              ] as const
            ).map(([id, label, step]) => (
              <Form.Item
                key={id}
                name={id + n}
                label={label}
                style={{ marginBottom: 6 }}
                rules={n === '1' ? [{ required: true, message: '请填写' }] : []}
              >
                <InputNumber style={{ width: '100%' }} step={step} />
              </Form.Item>
            ))}
          </div>
        </fieldset>
      ))}
      {spirometryAnswers.map(([id, label]) => (
        <Form.Item key={id} name={id} label={label} valuePropName="checked" style={{ marginBottom: 8 }}>
          <Switch aria-label={label} />
        </Form.Item>
      ))}
    </>
  );
}

function OutsideFields({ today }: { today: string }) {
  return (
    <>
      <Form.Item name="hospital" label="确诊医院" rules={[{ required: true, message: '请写明确诊医院' }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Day name="on" label="外院确诊日期" today={today} />
    </>
  );
}

/** Lifts a suspicion, or takes somebody off the high-risk register, with the reason. */
export function ClearDialog({ episode, onClose }: { episode: Episode; onClose: () => void }) {
  const actor = useActor();
  const isSuspected = episode.state === 'suspected';
  const [operationId] = useState(() => uuidv7());
  const { run, problem, busy } = useWrite(courseQueries);
  const [form] = Form.useForm<{ to: 'normal' | 'high-risk'; onDay: string; reason: string }>();
  return (
    <Modal
      open
      title={`${isSuspected ? '排除疑似' : '移出高危'}：${conditionName(episode.condition)}`}
      okText="确认"
      cancelText="取消"
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={busy}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ to: 'normal', onDay: actor.today }}
        onFinish={async (given) => {
          const done = await run(
            () =>
              callApi(clearEpisode, {
                params: { episodeId: episode.id },
                body: { operationId, version: episode.version, ...given },
              }),
            '已记录',
          );
          if (done) onClose();
        }}
      >
        {isSuspected && (
          <Form.Item name="to" label="改为">
            <Radio.Group
              options={[
                { value: 'normal', label: '正常（按周期再筛）' },
                { value: 'high-risk', label: '高危（列入高危人群）' },
              ]}
            />
          </Form.Item>
        )}
        <Form.Item name="reason" label="理由" rules={[{ required: true, message: '请写明理由' }]}>
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Day name="onDay" label="日期" today={actor.today} />
        <WriteProblem problem={problem} />
      </Form>
    </Modal>
  );
}
