import { minuteInChina } from '#kernel/china-time.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { incidentReportHours } from '#standards/privacy/privacy-parameters.ts';

/** What the records say of an incident. */
export interface IncidentFacts {
  readonly accounts: readonly {
    readonly username: string;
    readonly staffName: string;
    readonly roleLabel: string;
    readonly organizationName: string;
    readonly isDisabled: boolean;
    readonly openSessions: number;
  }[];
  readonly phones: readonly {
    readonly name: string;
    readonly username: string;
    readonly stateLabel: string;
    readonly lastContactAt: string | null;
    readonly pending: number;
  }[];
  readonly people: Readonly<Record<'opened' | 'onPhone' | 'listed' | 'all', number>>;
  readonly kinds: readonly string[];
  readonly whole: readonly { readonly label: string; readonly people: number }[];
  readonly exports: readonly { readonly exportId: string; readonly label: string; readonly people: number }[];
}

/** What a person still has to write. */
const toFill = '【待填】';

/**
 * A report as far as the records can write it: who, when, how many, which information, what stands now. What only people
 * know is marked to be filled in.
 */
export function draftIncidentReport(
  facts: IncidentFacts,
  given: {
    readonly isPhone: boolean;
    readonly from: PlainDate;
    readonly through: PlainDate;
    readonly today: PlainDate;
  },
): readonly (readonly [string, string])[] {
  const { people, accounts, phones } = facts;
  const hours = valueOn(incidentReportHours, given.today);
  const lost = given.isPhone ? phones : [];
  return [
    [
      '事件',
      given.isPhone
        ? `手机丢失：${[...new Set(phones.map((one) => one.name))].join('、')}`
        : '账号被他人使用，或被用来批量取走居民资料',
    ],
    ...accounts.map(
      (one) =>
        ['账号', `${one.username}（${one.staffName}，${one.roleLabel}，${one.organizationName}）`] as const,
    ),
    ['材料范围', `${given.from} 至 ${given.through}（北京时间）`],
    ['发现时间、经过与原因', toFill],
    ['涉及人数（去重）', `${people.all} 人`],
    ['其中：档案被逐个打开或写入', `${people.opened} 人`],
    ...(given.isPhone ? [['其中：保存在手机上（含已迁出的）', `${people.onPhone} 人`] as const] : []),
    [
      '其中：清单、检索可能显示过（账号范围内全部）',
      `${people.listed} 人；系统不记清单里逐个是谁，按最大范围计`,
    ],
    ['信息种类', facts.kinds.join('；') || '没有涉及居民资料的记录'],
    ['看过全值的', facts.whole.map((one) => `${one.label} ${one.people} 人`).join('；') || '没有'],
    ['是否敏感个人信息', facts.kinds.length > 0 ? '是（医疗健康信息，个人信息保护法第二十八条）' : '否'],
    [
      '交出的文件',
      facts.exports.map((one) => `${one.label} ${one.people} 人（导出编号 ${one.exportId}）`).join('；') ||
        '没有',
    ],
    ['可能的危害', `冒用身份、针对病情的诈骗、病情外泄；${toFill}按实际修改`],
    ...accounts.map(
      (one) =>
        [
          '现状：账号',
          `${one.username} ${one.isDisabled ? '已停用' : '没有停用'}，还有 ${one.openSessions} 处登录`,
        ] as const,
    ),
    ...lost.map(
      (one) =>
        [
          '现状：手机',
          `${one.username} 在这部手机上${one.stateLabel}；最近联系 ${one.lastContactAt === null ? '从未' : minuteInChina(new Date(one.lastContactAt))}；还有 ${one.pending} 项没有上传。手机上的内容用 PIN 加密`,
        ] as const,
    ),
    [
      '马上要做',
      `停用账号或重置口令（登录随即失效）${given.isPhone ? '；在“手机与同步”收回或清除这部手机' : ''}；不要删除任何日志；核对审计记录是否完整`,
    ],
    ['已采取、拟采取的措施', toFill],
    [
      '上报',
      `较大以上的网络安全事件须在 ${hours} 小时内报省级网信部门（关键信息基础设施为 1 小时），并按县里预案报卫生健康、公安部门；${toFill}事件级别与上报时间`,
    ],
    [
      '告知本人',
      `按个人信息保护法第五十七条写明：信息种类、原因、可能的危害，已采取的补救措施和本人可以怎样减轻危害，联系方式 ${toFill}。名单和电话见“涉及的人”`,
    ],
  ];
}
