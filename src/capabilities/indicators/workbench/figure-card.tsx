import { Button } from 'antd';

/** One figure; it opens its people, the mark beside it says how it is counted. */
export function FigureCard(props: {
  title: string;
  value: string;
  note: string;
  onOpen: () => void;
  onDefine: () => void;
}) {
  return (
    <div style={{ position: 'relative' }}>
      <button
        type="button"
        className="figure"
        style={{ width: '100%' }}
        onClick={props.onOpen}
        aria-label={`${props.title} ${props.value} ${props.note}，打开名单`}
      >
        <span className="soft" style={{ paddingRight: 14 }}>
          {props.title}
        </span>
        <b>{props.value}</b>
        <span className="small soft">{props.note}</span>
      </button>
      <Button
        size="small"
        type="text"
        shape="circle"
        style={{ position: 'absolute', top: 6, right: 6 }}
        onClick={props.onDefine}
        aria-label={`${props.title}怎么算`}
      >
        ？
      </Button>
    </div>
  );
}
