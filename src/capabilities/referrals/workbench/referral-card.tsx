import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type ClinicalState, StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { printInstantDay, printInstantTime } from '#platform/browser/print-instant.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import type { ReferralLine } from '../contract.ts';
import { printInterval } from '../domain/print-interval.ts';
import {
  type ReferralSide,
  type ReferralState,
  referralStates,
  urgencies,
} from '../domain/referral-states.ts';
import { DeedButtons } from './deed-buttons.tsx';
import { ReferralMore } from './referral-more.tsx';
import { ReferralSteps } from './referral-steps.tsx';

const looks: Readonly<Record<ReferralState, ClinicalState>> = {
  requested: 'recheck',
  accepted: 'recheck',
  declined: 'late',
  'not-arrived': 'late',
  arrived: 'good',
  returned: 'good',
  'taken-on': 'good',
  withdrawn: 'plain',
};

/** One referral: who, from where, why, how far it has come, and what this house may do now. */
export function ReferralCard({ line, side }: { line: ReferralLine; side: ReferralSide }) {
  const [isOpen, setOpen] = useState(false);
  const isEmergency = line.urgency === 'emergency' && line.state === 'requested';
  const isBack = line.state === 'returned' || line.state === 'taken-on';
  const who = `${printSex(line.sex)}${line.ageYears === null ? '' : ` ${line.ageYears} 岁`}`;
  return (
    <section
      className="card"
      aria-label={`转诊 ${line.name}`}
      style={isEmergency ? { borderInlineStart: '4px solid var(--crisis)' } : {}}
    >
      <div className="row spread">
        <span className="row">
          {line.mayOpenRecord && line.residentId !== null ? (
            <Link to="/residents/$residentId" params={{ residentId: line.residentId }}>
              <b>{line.name}</b>
            </Link>
          ) : (
            <b>{line.name}</b>
          )}
          <span>{who}</span>
          {line.isFound && <StateTag state="plain">医院新发现</StateTag>}
          {line.urgency !== 'routine' && (
            <StateTag state={line.urgency === 'emergency' ? 'crisis' : 'late'}>
              {urgencies[line.urgency]}
            </StateTag>
          )}
        </span>
        <span className="row">
          {line.isLate && <StateTag state="crisis">超时未答复</StateTag>}
          <StateTag state={looks[line.state]}>{referralStates[line.state]}</StateTag>
        </span>
      </div>
      <div style={{ margin: '4px 0' }}>{line.reason}</div>
      <div className="small soft">
        {[
          side === 'received' ? line.fromName : line.toName,
          line.toDepartment,
          side === 'received' ? line.requestedByName : '',
        ]
          .filter(Boolean)
          .join(' · ')}
        {line.toName === null && ' · 不在本平台，请另行联系'}
      </div>
      {line.state === 'requested' && (
        <div className="small soft">
          已等 {printInterval(line.waitedMinutes)}
          {line.answerDueAt &&
            `，应于 ${printInstantDay(line.answerDueAt)} ${printInstantTime(line.answerDueAt)} 前答复`}
        </div>
      )}
      <ReferralSteps steps={line.steps} state={line.state} isGreenChannel={line.urgency === 'emergency'} />
      {line.backToName && <div className="small">回转给{line.backToName}</div>}
      {line.state === 'taken-on' && line.mayOpenRecord && (
        <div className="small">
          {line.followedUpOn ? `${line.followedUpOn} 已随访，转诊闭环` : '接续后还没有随访'}
        </div>
      )}
      <DeedButtons line={line}>
        <Button onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? '收起' : line.isFound ? '下转单' : isBack ? '回转单与摘要' : '病情摘要'}
        </Button>
      </DeedButtons>
      {isOpen && <ReferralMore referralId={line.id} />}
    </section>
  );
}
