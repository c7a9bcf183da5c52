import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  CommentOutlined,
  DisconnectOutlined,
  ExperimentOutlined,
  ExportOutlined,
  FileExcelOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  InboxOutlined,
  LogoutOutlined,
  MedicineBoxOutlined,
  MobileOutlined,
  NodeIndexOutlined,
  SafetyOutlined,
  SearchOutlined,
  ShopOutlined,
  SolutionOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Link, type LinkProps, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { dropAllDrafts } from '#platform/browser/draft-store.ts';
import { useActor, useSession } from '#platform/browser/session.tsx';
import { StaleStrip } from '#platform/browser/stale-strip.tsx';
import { type Action, mayDo } from '#standards/access-policy.ts';
import type { Role } from '#standards/roles.ts';
import { signOut } from '#standards/session-contract.ts';
import { FinishSignIn } from './finish-sign-in.tsx';

interface Place {
  readonly to: LinkProps['to'] & string;
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown to whom the policy lets do this. */
  readonly action: Action;
  /** Of those, only to these, whose daily work it is. */
  readonly roles?: readonly Role[];
}

const places: readonly Place[] = [
  { to: '/', label: '今日工作', icon: <CheckSquareOutlined />, action: 'worklist.read' },
  { to: '/centre', label: '健康服务区', icon: <ShopOutlined />, action: 'centre.receive' },
  { to: '/clinic', label: '诊疗区', icon: <MedicineBoxOutlined />, action: 'centre.treat' },
  {
    to: '/centre/flow',
    label: '服务流程',
    icon: <NodeIndexOutlined />,
    action: 'service-flow.read',
    roles: ['administrator', 'health-bureau'],
  },
  { to: '/referrals', label: '双向转诊', icon: <SwapOutlined />, action: 'referrals.read' },
  {
    to: '/referrals/figures',
    label: '转诊统计',
    icon: <SwapOutlined />,
    action: 'referrals.figures',
    roles: ['cdc', 'health-bureau'],
  },
  { to: '/consultations', label: '会诊', icon: <CommentOutlined />, action: 'consultations.read' },
  { to: '/checkups', label: '体检', icon: <ExperimentOutlined />, action: 'checkups.read' },
  { to: '/residents', label: '居民', icon: <TeamOutlined />, action: 'residents.search' },
  { to: '/contracts', label: '签约', icon: <SolutionOutlined />, action: 'contracts.read' },
  { to: '/appointments', label: '预约', icon: <CalendarOutlined />, action: 'appointments.read' },
  { to: '/screening', label: '筛查', icon: <SearchOutlined />, action: 'screenings.read' },
  { to: '/grading', label: '分级', icon: <TagsOutlined />, action: 'grades.read' },
  { to: '/county', label: '指标', icon: <BarChartOutlined />, action: 'indicators.read' },
  { to: '/imports', label: '导入', icon: <FileExcelOutlined />, action: 'roster-imports.use' },
  { to: '/emergency', label: '紧急查阅', icon: <AlertOutlined />, action: 'emergency-access.list' },
  { to: '/privacy-requests', label: '居民请求', icon: <AuditOutlined />, action: 'privacy-requests.answer' },
  {
    to: '/research-exports',
    label: '科研数据',
    icon: <FileProtectOutlined />,
    action: 'research-exports.manage',
  },
  { to: '/incidents', label: '泄露事件', icon: <DisconnectOutlined />, action: 'incidents.prepare' },
  { to: '/export-register', label: '导出登记', icon: <ExportOutlined />, action: 'exports.list' },
  {
    to: '/medicine-availability',
    label: '药品供应',
    icon: <InboxOutlined />,
    action: 'medicine-availability.change',
  },
  { to: '/sync-health', label: '手机与同步', icon: <MobileOutlined />, action: 'field.devices' },
  { to: '/organizations', label: '机构', icon: <ApartmentOutlined />, action: 'organizations.read' },
  { to: '/account-security', label: '账号安全', icon: <SafetyOutlined />, action: 'roles.grant' },
  { to: '/audit', label: '审计记录', icon: <FileSearchOutlined />, action: 'audit.read' },
];

const isOneOf = (roles: readonly Role[] | undefined, role: string) =>
  roles === undefined || (roles as readonly string[]).includes(role);

/** The frame of every screen: where one is, who one is, and that this is demo data. */
export function Shell() {
  const actor = useActor();
  const { forget, refresh } = useSession();
  const navigate = useNavigate();
  const menu = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key === '/' && !typing && mayDo(actor.role, 'residents.search')) {
        event.preventDefault();
        void navigate({ to: '/residents' });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, actor.role]);
  useEffect(() => {
    // On a phone the menu is a strip that scrolls; where one is stays in sight.
    if (path)
      menu.current
        ?.querySelector('[data-active="true"]')
        ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  if (path.startsWith('/print/')) return <Outlet />;
  if (path === '/board')
    return (
      <>
        <StaleStrip />
        <Outlet />
      </>
    );
  const leave = async () => {
    await callApi(signOut).catch(() => undefined);
    dropAllDrafts();
    forget();
  };
  if (actor.stage !== 'open')
    return <FinishSignIn stage={actor.stage} onDone={() => void refresh()} onLeave={() => void leave()} />;
  const isHere = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return (
    <div className={actor.isDemo ? 'is-demo' : ''}>
      {actor.isDemo && (
        <aside className="demo-banner" aria-label="演示数据">
          演示数据：人名、证件号与记录均为虚构
        </aside>
      )}
      <div className="shell">
        <nav ref={menu} className="shell-nav no-print" aria-label="主导航">
          <div className="shell-brand">全程</div>
          {places
            .filter(({ action, roles }) => mayDo(actor.role, action) && isOneOf(roles, actor.role))
            .map((place) => (
              <Link key={place.to} to={place.to} className="nav-link" data-active={isHere(place.to)}>
                <span aria-hidden="true">{place.icon}</span>
                <span>{place.label}</span>
              </Link>
            ))}
          <button type="button" className="nav-link nav-leave" onClick={leave}>
            <LogoutOutlined aria-hidden="true" />
            <span>退出</span>
          </button>
          <div className="shell-who">
            <div style={{ color: '#fff', fontSize: 14 }}>{actor.name}</div>
            <div>{actor.roleLabel}</div>
            <div>{actor.organizationName}</div>
            <Link to="/account" style={{ color: '#fff', textDecoration: 'underline' }}>
              账号与登录安全
            </Link>
            <br />
            <Button size="small" ghost style={{ marginTop: 8 }} onClick={leave}>
              退出
            </Button>
          </div>
        </nav>
        <div className="shell-main">
          <StaleStrip />
          <Outlet />
        </div>
      </div>
    </div>
  );
}
