import { App } from 'antd';
import { crisisSteps } from '#clinical/early-warning/crisis-steps.ts';

/** What was measured today is an emergency: why, and what is done first. */
export function DangerNote({ dangers }: { dangers: readonly string[] }) {
  if (dangers.length === 0) return null;
  return (
    <div className="crisis-banner" role="alert">
      <h2>危急：先处理，再记录</h2>
      <Dangers dangers={dangers} />
    </div>
  );
}

function Dangers({ dangers }: { dangers: readonly string[] }) {
  return (
    <>
      <b>{dangers.join('')}</b>
      <ol style={{ margin: '6px 0 0', paddingInlineStart: 20 }}>
        {crisisSteps(dangers).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}

/** Speaks of an emergency over everything else on the screen; it stays until somebody has read it. */
export function useDangerAlarm() {
  const { modal } = App.useApp();
  return (whose: string, dangers: readonly string[]) => {
    if (dangers.length > 0)
      modal.error({
        title: `危急：${whose}`,
        content: <Dangers dangers={dangers} />,
        okText: '已看到，马上处理',
        width: 520,
      });
  };
}
