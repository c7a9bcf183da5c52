import type { VisitDetail } from '../contract.ts';
import { type InformationSource, informationSources } from '../domain/information-sources.ts';
import { StageSection } from './stage-section.tsx';

interface Told {
  readonly source: InformationSource;
  readonly on: string;
  readonly text: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** What the front desk wrote down: why the person came, the pressure, the basic information with source and day. */
export function ArrivalSection({ visit }: { visit: VisitDetail }) {
  const desk = visit.path.filter((step) => ['A1', 'A2', 'A3', 'A4', 'A5', 'A8'].includes(step.box));
  const of = (key: string) => desk.map((step) => text(step.content[key])).find((one) => one !== '') ?? '';
  const information = desk.flatMap((step) =>
    Array.isArray(step.content.information) ? (step.content.information as Told[]) : [],
  );
  const refusal = of('pressureRefusal');
  const danger = of('dangerSign');
  return (
    <StageSection
      title="到达与基本信息"
      isHere={false}
      done={[danger && `危急：${danger}`, of('pressureText'), of('question')].filter(Boolean).join(' · ')}
    >
      {danger && <div className="field-error">危急情况：{danger}</div>}
      {of('question') && <div>来访事由：{of('question')}</div>}
      {of('answer') && <div>解答：{of('answer')}</div>}
      {of('pressureText') && <div>{of('pressureText')}</div>}
      {refusal && <div>首诊未测血压：{refusal}</div>}
      {of('declined') && <div>暂不签约：{of('declined')}</div>}
      {information.map((one) => (
        <div key={one.source + one.on + one.text} className="small">
          <b>{informationSources[one.source]}</b> {one.on} {one.text}
        </div>
      ))}
      {information.length === 0 && <div className="small soft">没有补充的基本信息。</div>}
    </StageSection>
  );
}
