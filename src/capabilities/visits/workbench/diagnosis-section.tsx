import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { type Condition, conditionLabels } from '#clinical/conditions.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { certaintyLabels } from '#platform/browser/design-system/certainty-labels.ts';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { recordDiagnosis } from '../contract.ts';
import {
  type DiagnosisAnswers,
  type DiagnosisJudgement,
  isRuled,
  judgeDiagnosis,
  type RuledCondition,
  ruledConditions,
} from '../domain/judge-diagnosis.ts';
import { ChoiceRow } from './choice-row.tsx';
import { OutsideForm, type OutsideProof, SameDayAnswers } from './diagnosis-extras.tsx';
import { StageSection } from './stage-section.tsx';
import { ProblemText, useAct } from './use-act.tsx';
import type { VisitPart } from './visit-part.ts';

const conditions = Object.entries(conditionLabels).map(([value, label]) => ({
  value: value as Condition,
  label,
}));
const asked: Readonly<Record<RuledCondition, readonly { key: keyof DiagnosisAnswers; label: string }[]>> = {
  hypertension: [
    { key: 'acuteSymptoms', label: '有急性症状' },
    { key: 'triggersExcluded', label: '已排除诱因（疼痛、紧张、憋尿等）' },
  ],
  'type-2-diabetes': [
    { key: 'typicalSymptoms', label: '有典型症状（多饮、多尿、体重下降）' },
    { key: 'stress', label: '处于应激（急病、手术、激素）' },
    { key: 'hba1cInvalid', label: '有影响糖化结果的情况（贫血等）' },
  ],
  copd: [
    { key: 'symptomsOrExposure', label: '有慢性症状或危险因素接触' },
    { key: 'otherLungDiseaseExcluded', label: '已排除哮喘、支扩、结核、心衰' },
  ],
};
const yesNo = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
] as const;
const judged: Readonly<Record<DiagnosisJudgement['state'], readonly [ClinicalState, string]>> = {
  confirmed: ['late', '按规则可以确诊'],
  suspected: ['recheck', '按规则为疑似'],
  'not-met': ['good', '不符合诊断标准'],
  refer: ['crisis', '应立即处理并转诊'],
  undecided: ['plain', '还不能判断'],
};
const stateLabels: Readonly<Record<string, string>> = {
  normal: '正常',
  'high-risk': '高危',
  suspected: '疑似',
  confirmed: '确诊',
  enrolled: '在管',
};

/** The diagnosis: what the rule says of the evidence on record, and the doctor's decision beside it. */
export function DiagnosisSection(part: VisitPart) {
  const { visit } = part;
  const managed = part.record?.programs.map((one) => one.program) ?? [];
  const isDoubtful = visit.episodes.some((one) => one.state === 'suspected');
  return (
    <StageSection
      title="综合评估与诊断"
      isHere={visit.status === 'open' && ['B4', 'B5', 'B6'].includes(visit.box)}
      done={visit.episodes
        .map((one) => `${conditionLabels[one.condition as Condition]}${stateLabels[one.state] ?? ''}`)
        .join('、')}
    >
      {visit.episodes.map((one) => (
        <div key={one.condition} className="row">
          <b>{conditionLabels[one.condition as Condition] ?? one.condition}</b>
          <StateTag state={one.state === 'suspected' ? 'recheck' : 'plain'}>
            {stateLabels[one.state] ?? one.state}
          </StateTag>
          <span className="small soft">
            {one.since} 起；{one.nextStep}
            {one.dueOn && `，${one.dueOn} 前`}
          </span>
        </div>
      ))}
      {managed.length > 0 && (
        <div>
          已纳入管理：<b>{managed.map((one) => conditionLabels[one]).join('、')}</b>
        </div>
      )}
      {part.mayTreat &&
        part.record &&
        (managed.length > 0 && !isDoubtful ? (
          <details>
            <summary className="link-button">另诊断一种病</summary>
            <DiagnosisForm {...part} managed={managed} />
          </details>
        ) : (
          <DiagnosisForm {...part} managed={managed} />
        ))}
    </StageSection>
  );
}

function DiagnosisForm({ visit, record, today, managed }: VisitPart & { managed: readonly Condition[] }) {
  const suspected = visit.episodes.find((one) => one.state === 'suspected')?.condition as
    | Condition
    | undefined;
  const [condition, setCondition] = useState<Condition>(
    suspected ?? ruledConditions.find((one) => !managed.includes(one)) ?? 'dyslipidaemia',
  );
  const [answers, setAnswers] = useState<DiagnosisAnswers>({});
  const [outside, setOutside] = useState<OutsideProof>();
  const [dueOn, setDueOn] = useState('');
  const [note, setNote] = useState('');
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const judgement = useMemo(
    () =>
      record && isRuled(condition)
        ? judgeDiagnosis(condition, record.measurements, answers, today)
        : undefined,
    [record, condition, answers, today],
  );
  const decide = async (decision: 'confirm' | 'suspect' | 'exclude') => {
    const done = await act.run(
      () =>
        callApi(recordDiagnosis, {
          params: { visitId: visit.visitId },
          body: {
            operationId: ids.operationId,
            version: visit.version,
            condition,
            decision,
            answers,
            ...(outside && decision === 'confirm' ? { outside } : {}),
            ...(decision === 'suspect' && dueOn ? { dueOn } : {}),
            note,
          },
        }),
      '诊断已记录',
    );
    if (!done) return;
    renew();
    setOutside(undefined);
    setNote('');
  };
  return (
    <>
      <div className="row">
        <Select<Condition>
          aria-label="病种"
          style={{ width: 220 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={condition}
          onChange={(value) => {
            setCondition(value);
            setAnswers({});
          }}
          options={conditions.filter((one) => !managed.includes(one.value))}
        />
        {judgement && <StateTag state={judged[judgement.state][0]}>{judged[judgement.state][1]}</StateTag>}
        {!isRuled(condition) && (
          <span className="small soft">中心没有此病的诊断规则，确诊须有外院文件。</span>
        )}
      </div>
      {isRuled(condition) && (
        <div style={{ display: 'grid', gap: 6 }}>
          {asked[condition].map(({ key, label }) => (
            <div key={key} className="row">
              <span className="soft" style={{ minWidth: 250 }}>
                {label}
              </span>
              <ChoiceRow
                label={label}
                options={yesNo}
                value={answers[key] === undefined ? undefined : answers[key] ? 'yes' : 'no'}
                onChange={(value) => setAnswers({ ...answers, [key]: value === 'yes' })}
              />
            </div>
          ))}
          {condition === 'hypertension' && <SameDayAnswers answers={answers} onChange={setAnswers} />}
        </div>
      )}
      {judgement && <JudgementLines judgement={judgement} />}
      <OutsideForm value={outside} onChange={setOutside} today={today} />
      <div className="row">
        <span className="small soft">疑似者下一步应在</span>
        <Input
          aria-label="下一步日期"
          type="date"
          size="small"
          style={{ width: 150 }}
          min={today}
          value={dueOn}
          onChange={(event) => setDueOn(event.target.value)}
        />
        <span className="small soft">之前（不填按规定时限）</span>
        <Input
          aria-label="诊断说明"
          placeholder="说明（可不填）"
          size="small"
          maxLength={300}
          style={{ flex: 1, minWidth: 160 }}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className="row">
        <Button type="primary" loading={act.busy} onClick={() => void decide('confirm')}>
          {outside ? '按外院文件确诊' : '确诊'}
        </Button>
        <Button loading={act.busy} onClick={() => void decide('suspect')}>
          保留疑似
        </Button>
        <Button loading={act.busy} onClick={() => void decide('exclude')}>
          排除
        </Button>
        <ProblemText problem={act.problem} />
      </div>
    </>
  );
}

function JudgementLines({ judgement }: { judgement: DiagnosisJudgement }) {
  return (
    <div className="small" aria-live="polite">
      {judgement.reasons.map((one) => (
        <div key={one.code + one.text}>{one.text}</div>
      ))}
      {judgement.missing.length > 0 && <div>还缺：{judgement.missing.join('、')}。</div>}
      <div>下一步：{judgement.nextStep}。</div>
      <div className="soft">
        依据：{judgement.rule.clause}（{judgement.rule.id} · {judgement.rule.edition} ·{' '}
        {certaintyLabels[judgement.rule.certainty]}）
      </div>
    </div>
  );
}
