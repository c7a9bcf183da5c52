/**
 * Every refusal the product knows, by name. On the wire it is RFC 9457 `application/problem+json`;
 * the Chinese texts carry no personal data. `retryable` tells an outbox to wait or to show the worker.
 */
export interface ProblemKind {
  readonly status: number;
  readonly retryable: boolean;
  /** What happened, in Chinese. */
  readonly title: string;
  /** What the user can do, in Chinese. */
  readonly remedy: string;
}

const kind = (status: number, title: string, remedy: string, retryable = false): ProblemKind => ({
  status,
  retryable,
  title,
  remedy,
});

export const problemKinds = {
  'not-signed-in': kind(401, '登录已过期', '请重新登录；您填写的内容仍保留在本页。'),
  'wrong-credentials': kind(401, '用户名或口令不正确', '请核对后重试。'),
  'too-many-attempts': kind(429, '尝试次数过多，已暂时锁定', '请稍后再试，或联系管理员。', true),
  'too-many-look-ups': kind(
    429,
    '查阅次数过多，已暂停',
    '请过一小时再试；工作需要更多的，请联系管理员。',
    true,
  ),
  'access-expired': kind(403, '紧急查阅已到期', '如仍需要，请重新说明理由。'),
  'not-allowed': kind(403, '您的角色不能进行此操作', '如确有需要，请联系管理员。'),
  'not-found': kind(404, '没有找到，或不在您的管理范围内', '请核对后重新查找。'),
  'invalid-input': kind(422, '填写的内容有误', '请按提示修改；已填写的内容没有丢失。'),
  'needs-confirmation': kind(422, '有需要您确认的数值', '请核对标出的数值，确认无误后再次保存。'),
  'stale-version': kind(409, '这条记录刚被别人修改过', '请查看最新内容后再保存；您填写的内容没有丢失。'),
  'duplicate-identity': kind(
    409,
    '该证件号码已建档',
    '请打开已有档案；若不在您的管理范围，请联系上级机构办理迁入。',
  ),
  'already-enrolled': kind(409, '该居民已在管', '请直接打开其随访记录。'),
  'not-enrolled': kind(409, '该居民尚未纳入管理', '请先办理纳入管理。'),
  'already-exists': kind(409, '同样的记录已经存在', '请核对后再操作。'),
  'already-superseded': kind(409, '这条记录已被更正过', '请在最新版本上更正。'),
  'record-closed': kind(409, '该居民档案已结案（死亡、迁出或注销）', '如有误，请先更正档案状态。'),
  'too-few-attempts': kind(
    422,
    '联系次数不足，不能登记失访',
    '请继续联系，并记在“联系尝试”中（工作台“档案状态”页，手机居民页“记录联系”），记够后再登记。',
  ),
  'illegal-move': kind(409, '流程上没有这一步', '请按流程图进行；如有误，请先更正上一步。'),
  'too-few-people': kind(409, '人数太少，不能生成', '人数太少会认出个人；同意科研使用的人多起来后再试。'),
  'own-screen': kind(
    409,
    '健康体检表须在“健康体检”页完成',
    '请在“健康体检”页填写或更正：规则给出的每条结论都要处理，才能保存。',
  ),
  'no-evidence': kind(
    422,
    '诊断依据不足',
    '请补齐诊断依据，或保留为疑似并约定复查；外院已确诊的请登记诊断文件。',
  ),
  'already-queued': kind(409, '该居民今天已在就诊或排队', '请直接打开今天的就诊。'),
  'empty-campaign': kind(422, '没有符合条件的对象', '请放宽年龄、危险因素或范围后重新预览。'),
  'already-contracted': kind(409, '该居民已有家庭医生签约', '到期前可以续签，或转给另一位家庭医生。'),
  'package-retired': kind(409, '所选服务包已停用', '请改选现行的服务包后重新签约。'),
  'contract-ended': kind(409, '这份签约已经终止', '如需继续服务，请重新签约。'),
  'slot-full': kind(409, '这个时段的号已约满', '请改选其他时段。'),
  'slot-past': kind(409, '这个时段已经过去', '请选择今天尚未结束的时段或以后的日期。'),
  'slot-withdrawn': kind(409, '这个时段已停诊', '请改选其他时段。'),
  'appointment-settled': kind(409, '这次预约已有结果，不能再改', '请刷新后查看；需要时可另约一次。'),
  'unknown-edition': kind(
    422,
    '服务器没有这一版表单',
    '填写的内容都在：请更新应用后原样再传，或点“改用新版填写”按现行版保存。',
  ),
  'edition-ended': kind(
    422,
    '这一版表单已停用',
    '填写的内容都在：请点“改用新版填写”，能带入的都会带入，核对后保存。',
  ),
  'operation-mismatch': kind(409, '同一操作编号对应了不同的内容', '请刷新页面后重新提交。'),
  'too-large': kind(413, '提交的内容过大', '请减少内容后重试。'),
  'unsupported-file': kind(415, '无法识别的文件', '请上传 Excel 或 WPS 保存的 .xlsx 文件。'),
  'malformed-request': kind(400, '请求格式不正确', '请刷新页面后重试。'),
  busy: kind(503, '系统繁忙', '内容没有丢失，请稍后重试。', true),
  'storage-unavailable': kind(503, '数据库暂时无法使用', '内容没有丢失，请稍后重试。', true),
  'audit-unavailable': kind(
    503,
    '审计记录暂时无法写入，已停止查看和修改居民资料',
    '内容没有丢失；请告知管理员，恢复后再操作。急救请用手机端本机资料。',
    true,
  ),
  'erasure-register-unavailable': kind(
    503,
    '删除登记暂时写不进去，没有删除',
    '内容没有丢失；请告知管理员检查删除登记文件夹，恢复后再提交。',
    true,
  ),
  'drill-copy': kind(
    503,
    '这是演练副本，不收手机上的正式数据',
    '手机上的内容都在；请用正式系统的网址打开后再传。',
    true,
  ),
  unexpected: kind(
    500,
    '系统出现意外错误',
    '内容没有丢失，请稍后重试；如反复出现，请告知管理员问题编号。',
    true,
  ),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

/** One thing wrong with one field: a path like `sbp` or `drugs.1.dosePerTime`, a code and a Chinese sentence. */
export interface FieldIssue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A refusal as it travels: named, with the fields it concerns. */
export interface Problem {
  readonly code: ProblemCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly title: string;
  readonly detail: string;
  readonly issues?: readonly FieldIssue[];
  /** Code-specific extras, never personal data beyond what the caller may see. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** An expected refusal as a value. */
export interface Refused {
  readonly kind: 'refused';
  readonly problem: Problem;
}

/** Builds a problem of the closed table. */
export function problem(
  code: ProblemCode,
  more: { detail?: string; issues?: readonly FieldIssue[]; extra?: Readonly<Record<string, unknown>> } = {},
): Problem {
  const { status, retryable, title, remedy } = problemKinds[code];
  return {
    code,
    status,
    retryable,
    title,
    detail: more.detail ?? remedy,
    ...(more.issues ? { issues: more.issues } : {}),
    ...(more.extra ? { extra: more.extra } : {}),
  };
}

/** An expected refusal of this kind. */
export function refused(code: ProblemCode, more: Parameters<typeof problem>[1] = {}): Refused {
  return { kind: 'refused', problem: problem(code, more) };
}

/** Thrown where a refusal must cross layers that do not return it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(p: Problem) {
    super(p.code);
    this.problem = p;
  }
}
