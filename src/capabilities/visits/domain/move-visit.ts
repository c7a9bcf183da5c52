import { type BoxId, entryBoxes, findBox, restingBoxes } from './flow-boxes.ts';
import { type FlowLine, type FlowSetting, flowLines, type Guard } from './flow-lines.ts';

/** What is known of the visit when a line is to be followed; undefined is not known, which opens no line. */
export interface FlowFacts {
  readonly contract?: 'signed' | 'declined' | 'none' | undefined;
  /** A doctor of the contracted team is in today. */
  readonly familyDoctorPresent?: boolean | undefined;
  readonly beyondCapacity?: boolean | undefined;
  readonly diagnosed?: boolean | undefined;
  readonly stable?: boolean | undefined;
  /** Plans made over for want of effect in a row. */
  readonly failedPlans?: number | undefined;
}

export type FlowSettings = Readonly<Record<FlowSetting, boolean>>;

/** Our reading of the drawing until the county says otherwise. */
export const defaultFlowSettings: FlowSettings = {
  'declined-may-continue': true,
  'education-to-guidance': true,
  'repeated-failure-refers': true,
  'village-takes-follow-up': true,
};

/** Plans that failed in a row after which the person may be beyond what the centre can do. */
export const failedPlansToRefer = 2;

export interface RouteRefusal {
  readonly code: 'unknown-box' | 'no-such-line' | 'guard' | 'switched-off';
  /** Why, in a Chinese sentence. */
  readonly message: string;
  readonly line?: FlowLine;
}

export type Route =
  | { readonly kind: 'route'; readonly lines: readonly FlowLine[] }
  | { readonly kind: 'refusal'; readonly refusal: RouteRefusal };

const guardTexts: Readonly<Record<Guard, string>> = {
  signed: '居民尚未签约家庭医生',
  'not-signed': '居民已签约家庭医生，不需再引导签约',
  'signed-or-declined': '请先签约，或记下居民暂不签约的原因',
  'doctor-present': '没有签约的家庭医生在诊',
  'no-family-room': '签约医生在诊，应优先分诊至家庭医生诊室',
  'beyond-capacity': '没有记录超出诊疗能力的理由',
  'within-capacity': '已判断超出诊疗能力，应处理后转诊；或先记录未超出诊疗能力',
  diagnosed: '慢性病诊断还没有成立，不能制定管理方案',
  'not-diagnosed': '慢性病诊断已经成立，应制定方案',
  stable: '规则判断病情尚未稳定',
  'not-stable': '规则判断病情已经稳定',
  'family-known': '没有登记家庭成员',
};

function isOpen(guard: Guard, facts: FlowFacts): boolean {
  switch (guard) {
    case 'signed':
      return facts.contract === 'signed';
    case 'not-signed':
      return facts.contract === 'none' || facts.contract === 'declined';
    case 'signed-or-declined':
      return facts.contract === 'signed' || facts.contract === 'declined';
    case 'doctor-present':
      return facts.contract === 'signed' && facts.familyDoctorPresent === true;
    case 'no-family-room':
      return !(facts.contract === 'signed' && facts.familyDoctorPresent === true);
    case 'beyond-capacity':
      return facts.beyondCapacity === true;
    case 'within-capacity':
      return facts.beyondCapacity === false;
    case 'diagnosed':
      return facts.diagnosed === true;
    case 'not-diagnosed':
      return facts.diagnosed === false;
    case 'stable':
      return facts.stable === true;
    case 'not-stable':
      return facts.stable === false;
    case 'family-known':
      return true;
  }
}

function whyClosed(line: FlowLine, facts: FlowFacts, settings: FlowSettings): RouteRefusal | undefined {
  const isDeclining = line.setting === 'declined-may-continue';
  const offByCounty = line.setting !== undefined && !settings[line.setting];
  if (offByCounty && (!isDeclining || facts.contract !== 'signed'))
    return { code: 'switched-off', message: '本县没有启用这条流程。', line };
  if (line.guard && !isOpen(line.guard, facts))
    return { code: 'guard', message: `${guardTexts[line.guard]}。`, line };
  if (line.setting === 'repeated-failure-refers' && (facts.failedPlans ?? 0) < failedPlansToRefer)
    return {
      code: 'guard',
      message: `方案调整不足 ${failedPlansToRefer} 次，先完善方案。`,
      line,
    };
  return undefined;
}

/**
 * The lines a visit follows from one box to another: one step, or through gateways, which are passed at once. A refusal
 * names the line that is closed and why; what no drawing joins is refused as such.
 */
export function routeVisit(from: BoxId, to: BoxId, facts: FlowFacts, settings: FlowSettings): Route {
  if (!findBox(from) || !findBox(to))
    return { kind: 'refusal', refusal: { code: 'unknown-box', message: '没有这个服务环节。' } };
  let closed: RouteRefusal | undefined;
  const seen = new Set<BoxId>();
  const walk = (at: BoxId): readonly FlowLine[] | undefined => {
    seen.add(at);
    for (const line of flowLines) {
      if (line.from !== at || line.outside) continue;
      const isGateway = findBox(line.to)?.kind === 'gateway';
      if (line.to !== to && (!isGateway || seen.has(line.to))) continue;
      const refusal = whyClosed(line, facts, settings);
      if (refusal) {
        // The closed line nearest to the goal says most.
        if (leadsTo(line.to, to)) closed = refusal;
        continue;
      }
      if (line.to === to) return [line];
      const rest = walk(line.to);
      if (rest) return [line, ...rest];
    }
    return undefined;
  };
  const lines = walk(from);
  if (lines) return { kind: 'route', lines };
  const label = (id: BoxId) => findBox(id)?.label ?? id;
  return {
    kind: 'refusal',
    refusal: closed ?? {
      code: 'no-such-line',
      message: `流程图上没有从“${label(from)}”直接到“${label(to)}”的路。`,
    },
  };
}

/** Whether a box is the goal or a gateway from which the drawing leads to it. */
function leadsTo(at: BoxId, goal: BoxId, seen: ReadonlySet<BoxId> = new Set()): boolean {
  if (at === goal) return true;
  if (findBox(at)?.kind !== 'gateway' || seen.has(at)) return false;
  const more = new Set([...seen, at]);
  return flowLines.some((line) => line.from === at && !line.outside && leadsTo(line.to, goal, more));
}

/** The boxes a visit may go to next, gateways passed. */
export function listMoves(from: BoxId, facts: FlowFacts, settings: FlowSettings): BoxId[] {
  const reachable = new Set<BoxId>();
  for (const line of flowLines)
    if (findBox(line.to)?.kind !== 'gateway' && routeVisit(from, line.to, facts, settings).kind === 'route')
      reachable.add(line.to);
  return [...reachable];
}

/** Whether a sequence of boxes is a path through the drawing, from an entry on; undefined when it is, else what breaks it. */
export function readPath(boxes: readonly BoxId[]): string | undefined {
  const [first] = boxes;
  if (!first || !(entryBoxes as readonly BoxId[]).includes(first)) return '不是从入口环节开始的。';
  for (const [index, to] of boxes.entries()) {
    const from = boxes[index - 1];
    if (from && !flowLines.some((line) => line.from === from && line.to === to && !line.outside))
      return `没有从 ${from} 到 ${to} 的路。`;
  }
  return undefined;
}

/** Whether a visit may rest in a box until another day. */
export function mayRest(at: BoxId): boolean {
  return restingBoxes.includes(at);
}
