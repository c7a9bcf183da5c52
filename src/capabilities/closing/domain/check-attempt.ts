const ended: Readonly<Record<string, string>> = {
  dead: '已登记死亡，不能再记联系尝试。如登记有误，请先在工作台“档案状态”撤回。',
  moved: '已登记迁出，不能再记联系尝试。如登记有误，请先在工作台“档案状态”撤回。',
  closed: '这份档案已并入另一份，请记在保留的那份上。',
};

/** Why no attempt to reach a person may be written on a record of this status; undefined while it may. */
export const whyNoAttempt = (status: string): string | undefined => ended[status];
