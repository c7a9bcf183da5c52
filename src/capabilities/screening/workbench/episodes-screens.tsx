import { EpisodesList } from '#capabilities/enrollment/workbench/episodes-list.tsx';
import { HighRiskSearchCard } from './high-risk-search-card.tsx';
import { ScreeningPage } from './screening-page.tsx';

/** 待确诊: suspicions to settle by their day. */
export function SuspectedScreen() {
  return (
    <ScreeningPage here="suspected">
      <p className="small soft" style={{ margin: 0 }}>
        疑似的人要在期限内复测或做进一步检查。一次好的数值不能排除疑似，由医生确诊或写明理由后排除。
      </p>
      <EpisodesList state="suspected" />
    </ScreeningPage>
  );
}

/** 待纳管: confirmed people not yet under management. */
export function ConfirmedScreen() {
  return (
    <ScreeningPage here="confirmed">
      <p className="small soft" style={{ margin: 0 }}>
        已确诊、尚未登记管理的人。请在期限内纳入健康管理。
      </p>
      <EpisodesList state="confirmed" />
    </ScreeningPage>
  );
}

/** 高危人群: the register of people at high risk with its own follow-up. */
export function HighRiskScreen() {
  return (
    <ScreeningPage here="high-risk">
      <p className="small soft" style={{ margin: 0 }}>
        高危人群单独登记，按各病的间隔随访并做生活方式指导；点“随访”填写筛查表，即完成一次高危随访。
      </p>
      <HighRiskSearchCard />
      <EpisodesList state="high-risk" />
    </ScreeningPage>
  );
}
