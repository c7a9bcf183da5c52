import { type BoxId, type FlowBox, type FlowZone, flowBoxes, zoneLabels } from './flow-boxes.ts';
import { flowLines, flowSettingLabels, guardLabels } from './flow-lines.ts';

const shapes: Readonly<Record<FlowBox['kind'], readonly [string, string]>> = {
  entry: ['([', '])'],
  task: ['[', ']'],
  gateway: ['{', '}'],
  place: ['[', ']'],
  participant: ['[[', ']]'],
};

const parts = flowBoxes.filter((one: FlowBox) => one.within === undefined);

/** The smaller boxes a box is made of. */
export function partsOf(id: BoxId): readonly FlowBox[] {
  return flowBoxes.filter((one: FlowBox) => one.within === id);
}

function boxText(box: FlowBox & { id: BoxId }): string {
  const inner = partsOf(box.id).map((one) => one.label);
  return `"${box.id} ${box.label}${inner.length > 0 ? `<br/>${inner.join('、')}` : ''}"`;
}

/** The flowchart as mermaid source: every box and line of the data, dashed between visits, thick where a county decides. */
export function drawFlow(): string {
  const zones = (Object.keys(zoneLabels) as FlowZone[]).flatMap((zone) => [
    `  subgraph ${zone}["${zoneLabels[zone]}"]`,
    ...parts
      .filter((one) => one.zone === zone)
      .map((one) => `    ${one.id}${shapes[one.kind][0]}${boxText(one)}${shapes[one.kind][1]}`),
    '  end',
  ]);
  const lines = flowLines.map((line) => {
    const arrow = line.outside ? '-.->' : line.setting ? '==>' : '-->';
    const guard = line.guard ? ` ${guardLabels[line.guard]}` : '';
    return `  ${line.from} ${arrow}|"${line.no}${guard}"| ${line.to}`;
  });
  return ['flowchart TD', ...zones, ...lines].join('\n');
}

/** The page of the flowchart: drawing, boxes, lines and the settings of the county. */
export function flowPage(): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    '# 慢性病健康管理服务流程',
    '',
    '由源文件生成，勿手改。虚线是两次就诊之间的流向；粗线是对附图的理解，由县级设置决定。',
    '',
    '```mermaid',
    drawFlow(),
    '```',
    '',
    '## 环节',
    '',
    row(['编号', '环节', '区域', '属于']),
    row(['---', '---', '---', '---']),
    ...flowBoxes.map((one: FlowBox) => row([one.id, one.label, zoneLabels[one.zone], one.within ?? ''])),
    '',
    '## 流向',
    '',
    row(['编号', '从', '到', '条件', '县级设置']),
    row(['---', '---', '---', '---', '---']),
    ...flowLines.map((one) =>
      row([
        one.no,
        one.from,
        one.to,
        one.guard ? guardLabels[one.guard] : one.outside ? '两次就诊之间' : '',
        one.setting ? flowSettingLabels[one.setting] : '',
      ]),
    ),
    '',
  ].join('\n');
}
