/** One line of readings, newest last. */
export interface TrendLine {
  readonly label: string;
  readonly colour: string;
  readonly points: readonly { readonly on: string; readonly value: number }[];
  /** Values below this are within the target; the edge of the band. */
  readonly limit?: number;
}

const [width, height, left, right, top, bottom] = [340, 178, 34, 34, 12, 24];
const shownPoints = 12;

/** Readings over time on a phone: lines with their target band and the first and last numbers; a table stands beside. */
export function TrendChart(props: { title: string; unit: string; lines: readonly TrendLine[] }) {
  const lines = props.lines
    .map((line) => ({ ...line, points: line.points.slice(-shownPoints) }))
    .filter((line) => line.points.length > 0);
  const times = lines.flatMap((line) => line.points.map((point) => Date.parse(point.on)));
  const values = lines.flatMap((line) => line.points.map((point) => point.value));
  const limits = lines.flatMap((line) => line.limit ?? []);
  if (times.length === 0) return null;
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const spread = Math.max(...values, ...limits) - Math.min(...values, ...limits);
  const pad = Math.max(spread * 0.12, 0.5);
  const [low, high] = [Math.min(...values, ...limits) - pad, Math.max(...values, ...limits) + pad];
  const x = (on: string) =>
    left + ((Date.parse(on) - first) / Math.max(1, last - first)) * (width - left - right);
  const y = (value: number) => top + ((high - value) / (high - low)) * (height - top - bottom);
  const days = [new Date(first), new Date(last)].map((day) => day.toISOString().slice(0, 10));
  const summary = lines
    .map(
      (line) =>
        `${line.label}最近 ${line.points.at(-1)?.value}${line.limit ? `，目标低于 ${line.limit}` : ''}`,
    )
    .join('；');
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        role="img"
        aria-label={`${props.title}趋势，${days[0]} 至 ${days[1]}。${summary}。`}
      >
        {limits.length > 0 && (
          <rect
            x={left}
            width={width - left - right}
            y={y(Math.max(...limits))}
            height={Math.max(2, y(limits.length > 1 ? Math.min(...limits) : low) - y(Math.max(...limits)))}
            fill="#e3f4ea"
          />
        )}
        {limits.map((limit) => (
          <g key={limit}>
            <line
              x1={left}
              x2={width - right}
              y1={y(limit)}
              y2={y(limit)}
              stroke="#157347"
              strokeDasharray="4 4"
            />
            <text x={left - 4} y={y(limit) + 4} textAnchor="end" fontSize="12" fill="#0c5230">
              {limit}
            </text>
          </g>
        ))}
        {lines.map((line) => (
          <g key={line.label}>
            <polyline
              points={line.points.map((p) => `${x(p.on).toFixed(1)},${y(p.value).toFixed(1)}`).join(' ')}
              fill="none"
              stroke={line.colour}
              strokeWidth="2.5"
            />
            {line.points.map((p) => (
              <circle
                key={p.on}
                cx={x(p.on)}
                cy={y(p.value)}
                r="4"
                fill={line.limit !== undefined && p.value >= line.limit ? '#b54708' : line.colour}
              />
            ))}
            <text
              x={width - right + 7}
              y={y(line.points.at(-1)?.value ?? 0) + 5}
              fontSize="14"
              fontWeight="700"
              fill="#101a22"
            >
              {line.points.at(-1)?.value}
            </text>
          </g>
        ))}
        <text x={left} y={height - 6} fontSize="12" fill="#41505d">
          {days[0]}
        </text>
        <text x={width - right} y={height - 6} fontSize="12" textAnchor="end" fill="#41505d">
          {days[1]}
        </text>
      </svg>
      <figcaption className="f-small f-soft">
        {lines.map((line) => line.label).join('、')}（{props.unit}）
        {limits.length > 0 && `；绿带为公卫口径目标（低于 ${limits.join('/')}），橙点为未达标`}
      </figcaption>
      <details className="f-details f-small">
        <summary>看数值</summary>
        <table style={{ width: '100%', borderCollapse: 'collapse' }}>
          <thead>
            <tr>
              <th style={{ textAlign: 'left' }}>日期</th>
              {lines.map((line) => (
                <th key={line.label} style={{ textAlign: 'right' }}>
                  {line.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...new Set(lines.flatMap((line) => line.points.map((point) => point.on)))]
              .sort()
              .reverse()
              .map((on) => (
                <tr key={on}>
                  <td>{on}</td>
                  {lines.map((line) => (
                    <td key={line.label} style={{ textAlign: 'right' }}>
                      {line.points.find((point) => point.on === on)?.value ?? '—'}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
