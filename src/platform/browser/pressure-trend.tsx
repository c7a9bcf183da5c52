/** Readings over time with the limit they are held to; drawn as plain SVG, each point with its numbers. */
export function PressureTrend(props: {
  points: readonly { on: string; sbp: number; dbp: number }[];
  limit: { sbp: number; dbp: number };
}) {
  const points = props.points.slice(-16);
  const [width, height, left, right, top, bottom] = [760, 190, 40, 14, 18, 26];
  const values = points.flatMap((p) => [p.sbp, p.dbp]);
  const low = Math.min(60, ...values) - 5;
  const high = Math.max(props.limit.sbp + 10, ...values) + 8;
  const times = points.map((p) => Date.parse(p.on));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 1];
  const x = (t: number) => left + ((t - first) / Math.max(1, last - first)) * (width - left - right);
  const y = (v: number) => top + ((high - v) / (high - low)) * (height - top - bottom);
  const line = (pick: (p: (typeof points)[number]) => number) =>
    points.map((p, i) => `${x(times[i] ?? 0).toFixed(1)},${y(pick(p)).toFixed(1)}`).join(' ');
  const label = `血压趋势，${points.length} 次，${points[0]?.on} 至 ${points.at(-1)?.on}；下表为同样的数值。`;
  return (
    <figure style={{ margin: '0 0 10px' }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        role="img"
        aria-label={label}
        style={{ maxHeight: 220 }}
      >
        <rect
          x={left}
          width={width - left - right}
          y={y(props.limit.sbp)}
          height={y(props.limit.dbp) - y(props.limit.sbp)}
          fill="#e9f7ef"
        />
        {[props.limit.sbp, props.limit.dbp].map((value) => (
          <g key={value}>
            <line
              x1={left}
              x2={width - right}
              y1={y(value)}
              y2={y(value)}
              stroke="#157347"
              strokeDasharray="4 4"
            />
            <text x={left - 6} y={y(value) + 4} textAnchor="end" fontSize="11" fill="#157347">
              {value}
            </text>
          </g>
        ))}
        <polyline points={line((p) => p.sbp)} fill="none" stroke="#0f766e" strokeWidth="2" />
        <polyline points={line((p) => p.dbp)} fill="none" stroke="#64748b" strokeWidth="2" />
        {points.map((p, i) => (
          <g key={p.on + String(i)}>
            <circle
              cx={x(times[i] ?? 0)}
              cy={y(p.sbp)}
              r="3.2"
              fill={p.sbp >= props.limit.sbp ? '#b54708' : '#0f766e'}
            />
            <circle
              cx={x(times[i] ?? 0)}
              cy={y(p.dbp)}
              r="3.2"
              fill={p.dbp >= props.limit.dbp ? '#b54708' : '#64748b'}
            />
            {(i === 0 || i === points.length - 1 || points.length <= 9) && (
              <>
                <text x={x(times[i] ?? 0)} y={y(p.sbp) - 7} textAnchor="middle" fontSize="11" fill="#1b2733">
                  {p.sbp}
                </text>
                <text x={x(times[i] ?? 0)} y={y(p.dbp) + 15} textAnchor="middle" fontSize="11" fill="#52616f">
                  {p.dbp}
                </text>
              </>
            )}
          </g>
        ))}
        <text x={left} y={height - 6} fontSize="11" fill="#52616f">
          {points[0]?.on}
        </text>
        <text x={width - right} y={height - 6} fontSize="11" textAnchor="end" fill="#52616f">
          {points.at(-1)?.on}
        </text>
      </svg>
      <figcaption className="small soft">
        绿线为收缩压、灰线为舒张压（mmHg）；绿带为公卫口径达标范围 {props.limit.sbp}/{props.limit.dbp}
        ，橙点为未达标。
      </figcaption>
    </figure>
  );
}
