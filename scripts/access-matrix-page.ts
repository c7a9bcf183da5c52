import { routes } from '#apps/server/routes.ts';
import {
  accessPolicy,
  beyondLabels,
  type PolicyRow,
  purposeLabels,
  relationLabels,
  views,
} from '#standards/access-policy.ts';
import { roleLabels, roles } from '#standards/roles.ts';

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly string[][]) =>
  [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');

const cellsOf = ({ grants }: PolicyRow): string[] =>
  roles.map((role) => {
    if (grants === 'anybody') return '任何人';
    const purpose = grants[role];
    return purpose === undefined ? '' : purposeLabels[purpose];
  });

/** The policy as a page: who may do what, for what, to whom; and which doors ask for each line. */
export function accessMatrixPage(): string {
  const lines = Object.entries(accessPolicy) as [string, PolicyRow][];
  const matrix = lines.map(([, row]) => [
    row.section,
    row.name,
    relationLabels[row.relation],
    row.beyond === undefined ? '' : beyondLabels[row.beyond],
    row.relation === 'area' ? views[row.view ?? 'list'].label : '',
    ...cellsOf(row),
  ]);
  const doors = lines.map(([action, row]) => [
    row.name,
    routes
      .filter((route) => route.action === action)
      .map((route) => `\`${route.method} ${route.path}\``)
      .join('<br>'),
  ]);
  return `# 权限矩阵

由 \`src/standards/access-policy.ts\` 生成，勿手改。所有的门（工作台、手机同步、导出、下载）都问这一张表；表里没有的一律不许。
格子里是用途，空格是不许。“涉及谁”是这一行最多能碰到谁的资料，范围由数据库的行级安全再守一遍；“辖区以外”是越出本机构及下级的唯一理由。
“证件、电话、住址与敏感诊断”由服务器在答复出门时统一遮蔽（\`src/platform/server/masking\`），疾控、卫健局、管理员一律看不到敏感诊断；
\`src/apps/server/masking-doors.test.ts\` 用埋好的假值把每个读取接口和每个角色走一遍。
\`src/apps/server/access-matrix.test.ts\` 把每个接口和每个角色都走一遍，与本表逐格相同。

${table(['分类', '做什么', '涉及谁', '辖区以外', '证件、电话、住址与敏感诊断', ...roles.map((role) => roleLabels[role])], matrix)}

## 每一行的门

${table(['做什么', '接口'], doors)}
`;
}
