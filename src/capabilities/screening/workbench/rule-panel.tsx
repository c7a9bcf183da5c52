import type { ScreeningEvaluation } from '#capabilities/records/domain/screening-evaluation.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { prepareScreening } from '../contract.ts';
import { FindingList } from './finding-list.tsx';

/** What the rule says of the sheet as it stands, and what it still lacks. */
export function RulePanel(props: {
  judged: ScreeningEvaluation;
  start: EndpointResponse<typeof prepareScreening>;
}) {
  const { judged, start } = props;
  const score = judged.filled.score;
  return (
    <>
      <section className="card" aria-live="polite">
        <h2>规则结论</h2>
        {typeof score === 'number' && (
          <p style={{ margin: '8px 0' }}>
            得分 <b style={{ fontSize: 22 }}>{score}</b>
          </p>
        )}
        {judged.findings.length > 0 ? (
          <FindingList findings={judged.findings} />
        ) : (
          <p className="soft">填写后在这里给出结论与下一步。</p>
        )}
        {judged.missing.length > 0 && <p className="small soft">还缺：{judged.missing.join('、')}</p>}
        {judged.verdicts.map((verdict) => (
          <div key={verdict.ruleId} className="small soft">
            依据 {verdict.ruleId} {verdict.clause}
          </div>
        ))}
      </section>
      {start.pressures.length > 0 && (
        <section className="card">
          <h2>近期诊室血压</h2>
          {start.pressures.slice(-5).map((one) => (
            <div key={`${one.on}${one.sbp}${one.dbp}`} className="row spread small">
              <span>{one.on}</span>
              <b>
                {one.sbp}/{one.dbp}
              </b>
            </div>
          ))}
        </section>
      )}
    </>
  );
}
