import { useEffect, useSyncExternalStore } from 'react';
import { showSystem } from '#standards/session-contract.ts';
import { callApi } from './api-client.ts';
import { drillCopy, onDrillChange } from './drill-copy.ts';

const titleMark = '【演练】';

/** Says on every page and every sheet of paper that this is a copy restored for a drill. */
export function DrillBanner() {
  const drill = useSyncExternalStore(onDrillChange, drillCopy);
  // Asked for the header of the answer: a page that is only looked at asks nothing else.
  useEffect(() => void callApi(showSystem).catch(() => undefined), []);
  useEffect(() => {
    document.body.classList.toggle('is-drill', drill !== '');
    const plain = document.title.replace(titleMark, '');
    document.title = drill ? `${titleMark}${plain}` : plain;
  }, [drill]);
  if (!drill) return null;
  return (
    <aside className="drill-banner" aria-label="演练副本">
      演练副本：不是正式系统<span className="drill-banner-more">，不发提醒，不收手机数据</span>
      <span className="drill-banner-from">（{drill}）</span>
    </aside>
  );
}
