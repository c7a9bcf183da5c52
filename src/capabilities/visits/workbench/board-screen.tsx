import { printInstantTime } from '#platform/browser/print-instant.ts';
import './centre.css';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { showBoard } from '../reception-contract.ts';

/** The hall's screen: large type, names masked by the server; it renews itself and says when it cannot. */
export function BoardScreen() {
  const board = useQuery({
    queryKey: ['centre', 'board'],
    queryFn: () => callApi(showBoard),
    refetchInterval: 5_000,
    refetchIntervalInBackground: true,
  });
  if (board.isPending) return <Loading />;
  if (!board.data) return <Failure error={board.error} onRetry={() => void board.refetch()} />;
  const { data } = board;
  return (
    <main className="board" aria-label="候诊大屏">
      <header className="board-head">
        <b>{data.organizationName}</b>
        <span>{board.isLoadingError ? '连接中断，显示的是断开前的内容' : printInstantTime(data.now)}</span>
      </header>
      <div className="board-body">
        <section className="board-called" aria-label="正在叫号" aria-live="polite">
          {data.called.length === 0 && <div className="board-line">请等候叫号</div>}
          {data.called.map((one, index) => (
            <div key={one.queueNo + one.calledAt} className="board-line" data-first={index === 0}>
              <span>{one.queueNo}</span>
              <span>{one.name}</span>
              <span>请到 {one.room}</span>
            </div>
          ))}
        </section>
        <section aria-label="候诊">
          <div style={{ fontSize: 'clamp(16px, 2vw, 36px)', marginBottom: '1vh' }}>
            候诊 {data.waitingCount} 人
          </div>
          <div className="board-waiting">
            {data.waiting.map((one) => (
              <span key={one.queueNo}>
                {one.queueNo} {one.name}
                {one.isPriority && <span style={{ fontSize: '0.6em' }}> 优先</span>}
              </span>
            ))}
          </div>
        </section>
      </div>
    </main>
  );
}
