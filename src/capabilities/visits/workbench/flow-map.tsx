import './centre.css';
import { type BoxId, type FlowBox, findBox, flowBoxes, zoneLabels } from '../domain/flow-boxes.ts';
import { type FlowLine, flowLines, flowSettingLabels, guardLabels } from '../domain/flow-lines.ts';
import { boxPlaces, flowSize, lineCorners, zonePlaces } from './flow-layout.ts';

interface FlowMapProps {
  /** Boxes passed, in order; the last is where the visit stands. */
  readonly path?: readonly string[];
  readonly moves?: readonly string[];
}

const { width, height, box } = flowSize;

/** The national drawing from the same data as the rules: where a visit came through, where it stands, where it may go. */
export function FlowMap({ path = [], moves = [] }: FlowMapProps) {
  const passed = new Set(path);
  const here = path.at(-1);
  const walked = new Set(path.slice(1).map((to, index) => `${path[index]}>${to}`));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is wider than a phone; arrow keys move it only with the focus
    <section className="scroll-x" aria-label="服务流程图" tabIndex={0}>
      <svg
        className="flow-map"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={here ? `服务流程图，现在在${findBox(here)?.label ?? here}` : '服务流程图'}
      >
        <defs>
          <marker
            id="flow-tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" fill="context-stroke" />
          </marker>
        </defs>
        {zonePlaces.map((one) => (
          <g key={one.zone}>
            <rect
              x={one.x}
              y={one.y}
              width={one.width}
              height={one.height}
              rx={10}
              fill="var(--ground)"
              stroke="var(--line)"
            />
            <text x={one.x + 10} y={one.y + one.height - 10} fontSize={12} fill="var(--ink-soft)">
              {zoneLabels[one.zone]}
            </text>
          </g>
        ))}
        {flowLines.map((line) => (
          <Line
            key={`${line.no}${line.from}${line.to}`}
            line={line}
            isWalked={walked.has(`${line.from}>${line.to}`)}
          />
        ))}
        {flowBoxes
          .filter((one: FlowBox) => one.within === undefined)
          .map((one) => (
            <Box
              key={one.id}
              of={one}
              state={
                one.id === here
                  ? 'here'
                  : moves.includes(one.id)
                    ? 'next'
                    : passed.has(one.id)
                      ? 'passed'
                      : 'plain'
              }
            />
          ))}
      </svg>
    </section>
  );
}

const fills = { here: 'var(--accent)', passed: 'var(--accent-soft)', next: '#fff', plain: '#fff' } as const;

function Box({ of, state }: { of: FlowBox & { id: BoxId }; state: keyof typeof fills }) {
  const place = boxPlaces[of.id];
  if (!place) return null;
  const [x, y] = place;
  const isGate = of.kind === 'gateway';
  const lines = of.label.length > 8 ? [of.label.slice(0, 8), of.label.slice(8, 16)] : [of.label];
  const stroke = state === 'plain' ? '#9aa7b2' : 'var(--accent)';
  return (
    <g>
      <title>
        {of.id} {of.label}
      </title>
      <rect
        x={x - box.width / 2}
        y={y - box.height / 2}
        width={box.width}
        height={box.height}
        rx={of.kind === 'entry' ? 22 : isGate ? 2 : 7}
        fill={fills[state]}
        stroke={stroke}
        strokeWidth={state === 'here' ? 3 : 1.4}
        strokeDasharray={state === 'next' ? '5 3' : isGate ? '2 2' : undefined}
      />
      {lines.map((text, index) => (
        <text
          key={text}
          x={x}
          y={y + 5 + (index - (lines.length - 1) / 2) * 15}
          textAnchor="middle"
          fontSize={12.5}
          fontWeight={state === 'here' ? 700 : 400}
          fill={state === 'here' ? '#fff' : 'var(--ink)'}
        >
          {text}
        </text>
      ))}
    </g>
  );
}

function Line({ line, isWalked }: { line: FlowLine; isWalked: boolean }) {
  const [from, to] = [boxPlaces[line.from], boxPlaces[line.to]];
  if (!from || !to) return null;
  const corners = lineCorners[`${line.from}>${line.to}`] ?? [edge(from, to), edge(to, from)];
  return (
    <path
      d={`M${corners.map(([x, y]) => `${x} ${y}`).join('L')}`}
      fill="none"
      stroke={isWalked ? 'var(--accent)' : line.setting ? '#b7791f' : '#b4bfc8'}
      strokeWidth={isWalked ? 3 : 1.3}
      strokeDasharray={line.outside ? '4 4' : undefined}
      markerEnd="url(#flow-tip)"
    >
      <title>
        {[
          `${line.no}：${findBox(line.from)?.label} → ${findBox(line.to)?.label}`,
          line.guard ? `条件：${guardLabels[line.guard]}` : '',
          line.setting ? `县级设置：${flowSettingLabels[line.setting]}` : '',
          line.outside ? '两次就诊之间' : '',
        ]
          .filter((one) => one !== '')
          .join('；')}
      </title>
    </path>
  );
}

/** Where the straight line to another box leaves this one. */
function edge(of: readonly [number, number], towards: readonly [number, number]): readonly [number, number] {
  const [dx, dy] = [towards[0] - of[0], towards[1] - of[1]];
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
  );
  return [of[0] + dx * Math.min(scale, 0.49), of[1] + dy * Math.min(scale, 0.49)];
}

/** The path in words, with the places it may go to next. */
export function FlowPath({ path, moves }: { path: readonly string[]; moves: readonly string[] }) {
  const label = (id: string) => findBox(id)?.label ?? id;
  const shown = path.filter((id, index) => findBox(id)?.kind !== 'gateway' && path[index + 1] !== id);
  return (
    <div className="path" role="status" aria-label="就诊走到哪里">
      {shown.map((id, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a box may be passed twice; its place in the path is its name.
        <span key={id + index} className="path-box" data-here={index === shown.length - 1}>
          {label(id)}
        </span>
      ))}
      {moves.map((id) => (
        <span key={`next-${id}`} className="path-box" data-next="true">
          可去 {label(id)}
        </span>
      ))}
    </div>
  );
}
