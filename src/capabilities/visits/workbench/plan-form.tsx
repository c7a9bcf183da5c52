import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import type { VisitDetail } from '../contract.ts';
import {
  type CarePlanContent,
  lifestyleLabels,
  type PlanChangeReason,
  planChangeReasons,
  tcmTechniques,
} from '../domain/care-plan.ts';
import { draftCarePlan, warnOfPlan } from '../domain/draft-care-plan.ts';
import { type PlanDetail, writePlan } from '../plan-contract.ts';
import { ChipSet } from './chip-set.tsx';
import { MedicineRows } from './medicine-rows.tsx';
import { TextPairs } from './text-pairs.tsx';
import { ProblemText, useAct } from './use-act.tsx';

const items = Object.keys(lifestyleLabels) as (keyof typeof lifestyleLabels)[];
const reasons = (Object.keys(planChangeReasons) as PlanChangeReason[])
  .filter((one) => one !== 'first')
  .map((value) => ({ value, label: planChangeReasons[value] }));

/** A new version of the plan, drafted from the record and the rules, for the doctor to change. */
export function PlanForm(props: {
  visit: VisitDetail;
  record: PatientRecord;
  today: PlainDate;
  before: PlanDetail | undefined;
}) {
  const { visit, record, today, before } = props;
  const first = useMemo(
    () =>
      draftCarePlan(
        record,
        today,
        before && { medicines: before.content.medicines, tcm: before.content.tcm },
      ),
    [record, today, before],
  );
  const [plan, setPlan, drop] = useKept<CarePlanContent>(
    `visit:${visit.visitId}:plan:${before?.planVersion ?? 0}`,
    first,
  );
  const [reason, setReason] = useState<PlanChangeReason | undefined>(before ? undefined : 'first');
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState<string>();
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const named = plan.medicines.filter((one) => one.name.trim() !== '');
  const warned = useMemo(() => warnOfPlan(record, named, today), [record, named, today]);
  const set = (change: Partial<CarePlanContent>) => setPlan({ ...plan, ...change });
  const save = async () => {
    if (!reason) {
      setMissing('请选择修订的原因。');
      return;
    }
    setMissing(undefined);
    const done = await act.run(
      () =>
        callApi(writePlan, {
          params: { visitId: visit.visitId },
          body: {
            operationId: ids.operationId,
            planId: ids.id,
            version: visit.version,
            basedOn: before?.planVersion ?? 0,
            changeReason: reason,
            changeNote: note,
            content: {
              ...plan,
              conditions: [...plan.conditions],
              goals: filled(plan.goals, 'label'),
              medicines: named.map((one) => ({ ...one, name: one.name.trim() })),
              accepted: plan.accepted.filter(
                (one) => one.reason.trim() !== '' && warned.warnings.some((w) => w.ruleId === one.ruleId),
              ),
              tcm: { ...plan.tcm, techniques: [...plan.tcm.techniques] },
              monitoring: filled(plan.monitoring, 'what'),
            },
          },
        }),
      '方案已保存',
    );
    if (!done) return;
    renew();
    drop();
  };
  return (
    <div data-form style={{ display: 'grid', gap: 14 }}>
      <TextPairs
        title="目标"
        labels={['目标项目', '目标值']}
        value={plan.goals.map(({ label, target }) => [label, target] as const)}
        onChange={(pairs) => set({ goals: pairs.map(([label, target]) => ({ label, target })) })}
      />
      <section aria-label="非药物处方" style={{ display: 'grid', gap: 6 }}>
        <h3 className="small soft" style={{ margin: 0 }}>
          非药物处方
        </h3>
        {items.map((key) => (
          <div key={key} className="reading">
            <span className="soft">{lifestyleLabels[key]}</span>
            <Input.TextArea
              aria-label={lifestyleLabels[key]}
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={400}
              value={plan.lifestyle[key]}
              onChange={(event) => set({ lifestyle: { ...plan.lifestyle, [key]: event.target.value } })}
            />
          </div>
        ))}
      </section>
      <MedicineRows
        value={plan.medicines}
        accepted={plan.accepted}
        warned={warned}
        onChange={(medicines) => set({ medicines })}
        onAccept={(accepted) => set({ accepted })}
      />
      <section aria-label="中医药" style={{ display: 'grid', gap: 6 }}>
        <h3 className="small soft" style={{ margin: 0 }}>
          中医药
        </h3>
        <div className="row">
          <Input
            aria-label="体质"
            placeholder="体质（按中医体质辨识表）"
            style={{ width: 220 }}
            maxLength={40}
            value={plan.tcm.constitution}
            onChange={(event) => set({ tcm: { ...plan.tcm, constitution: event.target.value } })}
          />
          <Link
            to="/residents/$residentId/forms/$form"
            params={{ residentId: visit.residentId, form: 'tcm-constitution' }}
          >
            填体质辨识表
          </Link>
          <Input
            aria-label="中医药建议"
            placeholder="食疗、起居、穴位建议"
            style={{ flex: 1, minWidth: 200 }}
            maxLength={400}
            value={plan.tcm.advice}
            onChange={(event) => set({ tcm: { ...plan.tcm, advice: event.target.value } })}
          />
        </div>
        <ChipSet
          label="适宜技术"
          options={tcmTechniques.map((value) => ({ value, label: value }))}
          value={plan.tcm.techniques}
          onChange={(techniques) => set({ tcm: { ...plan.tcm, techniques } })}
        />
      </section>
      <TextPairs
        title="监测"
        labels={['监测项目', '频次']}
        value={plan.monitoring.map(({ what, often }) => [what, often] as const)}
        onChange={(pairs) => set({ monitoring: pairs.map(([what, often]) => ({ what, often })) })}
      />
      <div className="row">
        <span className="soft">下次日期</span>
        <Input
          aria-label="下次日期"
          type="date"
          style={{ width: 160 }}
          min={today}
          value={plan.nextOn}
          onChange={(event) => set({ nextOn: event.target.value })}
        />
        {before && (
          <>
            <Select<PlanChangeReason>
              aria-label="修订原因"
              placeholder="修订的原因"
              style={{ width: 210 }}
              value={reason ?? null}
              onChange={setReason}
              options={reasons}
            />
            <Input
              aria-label="修订说明"
              placeholder="说明（可不填）"
              style={{ width: 220 }}
              maxLength={300}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        )}
      </div>
      <div className="row">
        <Button type="primary" size="large" data-next loading={act.busy} onClick={() => void save()}>
          保存第 {(before?.planVersion ?? 0) + 1} 版方案
        </Button>
        {missing && <span className="field-error">{missing}</span>}
        <ProblemText problem={act.problem} />
      </div>
    </div>
  );
}

function filled<T extends object>(rows: readonly T[], key: keyof T & string): T[] {
  return rows.filter((row) => String(row[key]).trim() !== '').map((row) => ({ ...row }));
}
