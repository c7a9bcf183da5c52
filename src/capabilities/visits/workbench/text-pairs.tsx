import { Button, Input } from 'antd';

type Pair = readonly [string, string];

/** Rows of two texts that can be added and taken away. */
export function TextPairs(props: {
  title: string;
  labels: readonly [string, string];
  value: readonly Pair[];
  onChange: (value: readonly Pair[]) => void;
}) {
  const { value, labels } = props;
  const set = (at: number, pair: Pair) =>
    props.onChange(value.map((one, index) => (index === at ? pair : one)));
  return (
    <section aria-label={props.title} style={{ display: 'grid', gap: 6 }}>
      <h3 className="small soft" style={{ margin: 0 }}>
        {props.title}
      </h3>
      {value.map(([left, right], index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are typed.
          key={index}
          className="plan-row"
          style={{ gridTemplateColumns: '200px minmax(0, 1fr) auto' }}
        >
          <Input
            aria-label={`${labels[0]}${index + 1}`}
            maxLength={40}
            value={left}
            onChange={(event) => set(index, [event.target.value, right])}
          />
          <Input
            aria-label={`${labels[1]}${index + 1}`}
            maxLength={60}
            value={right}
            onChange={(event) => set(index, [left, event.target.value])}
          />
          <Button size="small" onClick={() => props.onChange(value.filter((_, at) => at !== index))}>
            删去
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => props.onChange([...value, ['', '']])}>
          加一行{props.title}
        </Button>
      </div>
    </section>
  );
}
