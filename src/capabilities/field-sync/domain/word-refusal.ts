import type { PlainDate } from '#kernel/plain-date.ts';
import type { Problem } from '#kernel/problem.ts';

const ended: Readonly<Record<string, string>> = { dead: '死亡', moved: '迁出', lost: '失访', closed: '注销' };

/**
 * Why a record with a danger in it was not filed, and what of it somebody must find out: a reading of a person who is said
 * to have died is either another person's or the death was registered wrongly; who moved is told where they are now.
 */
export function wordRefusal(input: {
  readonly why: 'refused' | 'given-up' | 'handed-over';
  readonly problem: Problem | undefined;
  readonly status: string;
  readonly statusOn: PlainDate | null;
  /** The day of the reading. */
  readonly on: PlainDate;
}): string {
  const { status, statusOn, on, problem } = input;
  const since = statusOn ? `已于 ${statusOn} ` : '已';
  const story =
    status === 'dead'
      ? `档案记载此人${since}死亡，却有 ${on} 的读数，请核实：读数是谁的，死亡登记有无错误。`
      : ended[status]
        ? `档案记载此人${since}${ended[status]}，读数测于 ${on}，请联系本人或现在管理的机构。`
        : '';
  return `${reasonOf(input.why, problem)}${story}`;
}

function reasonOf(why: 'refused' | 'given-up' | 'handed-over', problem: Problem | undefined): string {
  if (why === 'handed-over') return '手机已收回或账号已停用，记录由系统代为保管。';
  if (why === 'given-up') return '填写人放弃了这项记录。';
  const [issue] = problem?.issues ?? [];
  const said = issue?.message ?? problem?.title ?? '服务器没有收下';
  return /[。！？]$/.test(said) ? said : `${said}。`;
}
