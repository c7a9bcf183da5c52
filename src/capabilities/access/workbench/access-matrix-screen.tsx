import { Segmented } from 'antd';
import { useState } from 'react';
import { useActor } from '#platform/browser/session.tsx';
import {
  accessPolicy,
  beyondLabels,
  type PolicyRow,
  purposeLabels,
  purposeOf,
  relationLabels,
  views,
} from '#standards/access-policy.ts';
import { type Role, roleLabels, roles } from '#standards/roles.ts';

const lines = Object.entries(accessPolicy) as [string, PolicyRow][];
const sections = [...new Set(lines.map(([, row]) => row.section))];

/** 权限矩阵: who may do what, for what and to whom; the very table the server's doors read. */
export function AccessMatrixScreen() {
  const actor = useActor();
  const [role, setRole] = useState<Role>(actor.role);
  return (
    <main className="page">
      <h1>各角色能做什么</h1>
      <p className="soft" style={{ marginTop: 0 }}>
        工作台、手机同步、导出和下载都按这张表放行，表里没有的一律不许；每次查看和填写的用途一并记入审计。
      </p>
      <div style={{ overflowX: 'auto', marginBottom: 12 }}>
        <Segmented<Role>
          value={role}
          onChange={setRole}
          options={roles.map((one) => ({ value: one, label: roleLabels[one] }))}
        />
      </div>
      {sections.map((section) => (
        <Section key={section} section={section} role={role} />
      ))}
    </main>
  );
}

function Section({ section, role }: { section: string; role: Role }) {
  const own = lines.filter(([, row]) => row.section === section);
  const allowed = own.filter(([action]) => purposeOf(action, role) !== undefined);
  const denied = own.filter(([action]) => purposeOf(action, role) === undefined);
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <h2 style={{ marginTop: 0 }}>{section}</h2>
      {allowed.map(([action, row]) => (
        <div key={action} style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}>
          <div>{row.name}</div>
          <div className="small soft">{termsOf(action, row, role)}</div>
        </div>
      ))}
      {denied.length > 0 && (
        <p className="small soft" style={{ margin: '8px 0 0' }}>
          不许：{denied.map(([, row]) => row.name).join('；')}
        </p>
      )}
    </section>
  );
}

function termsOf(action: string, row: PolicyRow, role: Role): string {
  if (row.grants === 'anybody') return '任何人';
  const purpose = purposeOf(action, role);
  const beyond = row.beyond === undefined ? [] : [`辖区以外：${beyondLabels[row.beyond]}`];
  const view = row.relation === 'area' ? [views[row.view ?? 'list'].label] : [];
  return [purpose ? purposeLabels[purpose] : '', relationLabels[row.relation], ...beyond, ...view].join(
    ' · ',
  );
}
