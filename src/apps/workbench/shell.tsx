import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ExperimentOutlined,
  FileExcelOutlined,
  FileProtectOutlined,
  LogoutOutlined,
  MedicineBoxOutlined,
  MobileOutlined,
  NodeIndexOutlined,
  SearchOutlined,
  ShopOutlined,
  SolutionOutlined,
  TagsOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { dropAllDrafts } from '#platform/browser/draft-store.ts';
import { useActor, useSession } from '#platform/browser/session.tsx';
import { clinicalRoles, type Role, recordReaderRoles, reviewerRoles } from '#standards/roles.ts';
import { signOut } from '#standards/session-contract.ts';
import { FinishSignIn } from './finish-sign-in.tsx';

const places = [
  { to: '/', label: '今日工作', icon: <CheckSquareOutlined />, roles: undefined },
  {
    to: '/centre',
    label: '健康服务区',
    icon: <ShopOutlined />,
    roles: ['township-doctor', 'township-public-health-doctor'] as readonly Role[],
  },
  {
    to: '/clinic',
    label: '诊疗区',
    icon: <MedicineBoxOutlined />,
    roles: ['township-doctor', 'county-specialist'] as readonly Role[],
  },
  {
    to: '/centre/flow',
    label: '服务流程',
    icon: <NodeIndexOutlined />,
    roles: ['administrator', 'health-bureau'] as readonly Role[],
  },
  { to: '/checkups', label: '体检', icon: <ExperimentOutlined />, roles: recordReaderRoles },
  { to: '/residents', label: '居民', icon: <TeamOutlined />, roles: undefined },
  { to: '/contracts', label: '签约', icon: <SolutionOutlined />, roles: undefined },
  { to: '/appointments', label: '预约', icon: <CalendarOutlined />, roles: undefined },
  { to: '/screening', label: '筛查', icon: <SearchOutlined />, roles: undefined },
  { to: '/grading', label: '分级', icon: <TagsOutlined />, roles: undefined },
  { to: '/county', label: '指标', icon: <BarChartOutlined />, roles: undefined },
  { to: '/imports', label: '导入', icon: <FileExcelOutlined />, roles: clinicalRoles },
  {
    to: '/emergency',
    label: '紧急查阅',
    icon: <AlertOutlined />,
    roles: [...new Set<Role>([...clinicalRoles, ...reviewerRoles])] as readonly Role[],
  },
  {
    to: '/privacy-requests',
    label: '居民请求',
    icon: <AuditOutlined />,
    roles: reviewerRoles,
  },
  {
    to: '/research-exports',
    label: '科研数据',
    icon: <FileProtectOutlined />,
    roles: ['health-bureau', 'administrator'] as readonly Role[],
  },
  {
    to: '/sync-health',
    label: '手机与同步',
    icon: <MobileOutlined />,
    roles: ['administrator', 'township-doctor', 'township-public-health-doctor'] as readonly Role[],
  },
  {
    to: '/organizations',
    label: '机构',
    icon: <ApartmentOutlined />,
    roles: ['administrator'] as readonly Role[],
  },
] as const;

/** The frame of every screen: where one is, who one is, and that this is demo data. */
export function Shell() {
  const actor = useActor();
  const { forget, refresh } = useSession();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key === '/' && !typing) {
        event.preventDefault();
        void navigate({ to: '/residents' });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
  if (path.startsWith('/print/') || path === '/board') return <Outlet />;
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
      {actor.isDemo && <div className="demo-banner">演示数据：人名、证件号与记录均为虚构</div>}
      <div className="shell">
        <nav className="shell-nav no-print" aria-label="主导航">
          <div className="shell-brand">全程</div>
          {places
            .filter((place) => !place.roles || (place.roles as readonly Role[]).includes(actor.role as Role))
            .map((place) => (
              <Link key={place.to} to={place.to} className="nav-link" data-active={isHere(place.to)}>
                {place.icon}
                <span>{place.label}</span>
              </Link>
            ))}
          <button type="button" className="nav-link nav-leave" onClick={leave}>
            <LogoutOutlined />
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
          <Outlet />
        </div>
      </div>
    </div>
  );
}
