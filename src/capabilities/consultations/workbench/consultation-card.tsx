import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { StepList } from '#capabilities/referrals/workbench/step-list.tsx';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import type { ConsultationLine } from '../contract.ts';
import {
  type ConsultationSide,
  type ConsultationState,
  consultationModes,
  consultationStates,
  consultationUrgencies,
  openToAsked,
} from '../domain/consultation-states.ts';
import { ConsultationDeeds } from './consultation-deeds.tsx';
import { ConsultationMore } from './consultation-more.tsx';

const looks: Readonly<Record<ConsultationState, ClinicalState>> = {
  requested: 'recheck',
  accepted: 'recheck',
  declined: 'late',
  answered: 'good',
  filed: 'good',
  withdrawn: 'plain',
};

/** One consultation: about whom, what is asked, what was answered, and what this house may do now. */
export function ConsultationCard({ line, side }: { line: ConsultationLine; side: ConsultationSide }) {
  const [isOpen, setOpen] = useState(false);
  const who = `${printSex(line.sex)}${line.ageYears === null ? '' : ` ${line.ageYears} 岁`}`;
  const isWaiting = openToAsked.includes(line.state);
  const isCutShort = line.state === 'withdrawn' && line.steps.at(-1)?.state !== 'withdrawn';
  return (
    <section className="card" aria-label={`会诊 ${line.name}`}>
      <div className="row spread">
        <span className="row">
          {line.mayOpenRecord ? (
            <Link to="/residents/$residentId" params={{ residentId: line.residentId }}>
              <b>{line.name}</b>
            </Link>
          ) : (
            <b>{line.name}</b>
          )}
          <span>{who}</span>
          {line.urgency === 'soon' && <StateTag state="late">{consultationUrgencies.soon}</StateTag>}
        </span>
        <span className="row">
          {line.isLate && <StateTag state="crisis">超时未答复</StateTag>}
          <StateTag state={looks[line.state]}>{consultationStates[line.state]}</StateTag>
        </span>
      </div>
      <div style={{ margin: '4px 0', whiteSpace: 'pre-wrap' }}>{line.reason}</div>
      <div className="small soft">
        {side === 'asked' ? `${line.fromName} ${line.requestedByName} 请 ` : `请 ${line.toName} `}
        {line.toDepartment}会诊
        {isWaiting &&
          `，应于 ${printInstantDay(line.answerDueAt)} ${printInstantTime(line.answerDueAt)} 前答复`}
      </div>
      {line.opinion && (
        <div style={{ background: 'var(--ground)', padding: 10, borderRadius: 6, margin: '6px 0' }}>
          <b>会诊意见</b>
          <div style={{ whiteSpace: 'pre-wrap', margin: '2px 0' }}>{line.opinion.opinion}</div>
          <div className="small soft">
            {line.toName} {line.opinion.doctors} · {consultationModes[line.opinion.mode]} · {line.opinion.on}
          </div>
        </div>
      )}
      <StepList label="经过" steps={line.steps} first="申请" names={consultationStates}>
        {isCutShort && <li>档案已终止，会诊随之撤回</li>}
      </StepList>
      <ConsultationDeeds line={line}>
        <Button onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? '收起' : '病情摘要'}
        </Button>
        {line.recordId && line.mayOpenRecord && (
          <Link to="/print/records/$recordId" params={{ recordId: line.recordId }} target="_blank">
            打印会诊记录表
          </Link>
        )}
      </ConsultationDeeds>
      {isOpen && <ConsultationMore consultationId={line.id} side={side} />}
    </section>
  );
}
