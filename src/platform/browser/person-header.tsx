import type { ReactNode } from 'react';
import { printArchiveNumber } from '#standards/identity/archive-number.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { StateTag } from './design-system/state-tag.tsx';

interface PersonHeaderProps {
  readonly name: string;
  readonly sex: string;
  readonly ageYears: number;
  readonly archiveNo: string;
  readonly idNo: string | null;
  readonly organizationName: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly allergies: string | null;
  /** How the identity number and telephone are shown, where they can be asked for. */
  readonly contact?: ReactNode;
  readonly children?: ReactNode;
}

const statusLabels: Readonly<Record<string, string>> = {
  dead: '已故',
  moved: '已迁出',
  lost: '失访',
  closed: '已注销',
};

/** Who is being looked at, with two identifiers, on every clinical screen. */
export function PersonHeader(props: PersonHeaderProps) {
  const status = statusLabels[props.status];
  return (
    <header className="person-header no-print">
      <div className="row spread">
        <div className="row">
          <h1 className="person-name">{props.name}</h1>
          <span>
            {printSex(props.sex)} · {props.ageYears} 岁
          </span>
          {props.tags.map((tag) => (
            <StateTag key={tag} state="plain">
              {tag}
            </StateTag>
          ))}
          {props.allergies && <StateTag state="crisis">过敏：{props.allergies}</StateTag>}
          {status && <StateTag state="late">{status}</StateTag>}
        </div>
        <div className="row">{props.children}</div>
      </div>
      <div className="small soft facts">
        <span>档案 {printArchiveNumber(props.archiveNo)}</span>
        {props.contact ?? <span>证件 {props.idNo ?? '未登记'}</span>}
        <span>{props.organizationName}</span>
      </div>
    </header>
  );
}
