import { existsSync, readFileSync } from 'node:fs';
import { ruleTopics } from '#clinical/all-rules.ts';
import type { RuleDefinition } from '#clinical/rule-definition.ts';

/** Ids the reference gives no example for. */
const withoutExample = ['AL-HR', 'AL-RR', 'AL-T', 'AL-PEF', 'AL-AF', 'AL-SYM', 'TR-WT', 'TR-CAT', 'TR-EX'];
const notYet = '暂无：';

interface Line {
  readonly id: string;
  readonly example: string;
  /** A title of a case, `@RULE title`, `^start count`, `@file:path text`, or why not yet. */
  readonly where: string;
}

function readLines(): Line[] {
  let id = '';
  return readFileSync(new URL('./clinical-vectors.txt', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((text) => {
      if (text.startsWith('# ')) id = text.slice(2);
      const [example, where] = text.split(' | ');
      return example && where ? [{ id, example, where }] : [];
    });
}

/**
 * Every worked example of the clinical reference with the case that carries it. Throws when an example's case is gone, or
 * when a rule of the reference has no example.
 */
export function vectorPage(wanted: readonly string[]): string {
  const rules = ruleTopics.flatMap((topic) => topic.rules as unknown as RuleDefinition<unknown>[]);
  const lines = readLines();
  for (const id of wanted)
    if (!/^D\d/.test(id) && !withoutExample.includes(id) && !lines.some((one) => one.id === id))
      throw new Error(`no example of the reference for ${id}`);
  const caseOf = ({ id, where }: Line): string => {
    if (where.startsWith(notYet)) return where;
    const [, path = '', text = ''] = /^@file:(\S+) (.+)$/.exec(where) ?? [];
    if (path !== '') {
      if (!existsSync(path) || !readFileSync(path, 'utf8').includes(text))
        throw new Error(`${id}: no test “${text}” in ${path}`);
      return `\`${path}\``;
    }
    const [, own = id, title = ''] = /^(?:@(\S+) )?(.+)$/.exec(where) ?? [];
    const rule = rules.find((one) => one.id === own);
    const [, start = '', count = ''] = /^\^(.+) (\d+)$/.exec(title) ?? [];
    const found = rule?.cases.filter((one) =>
      start === '' ? one.title === title : one.title.startsWith(start),
    );
    if (!rule || !found || found.length !== Number(count || '1'))
      throw new Error(`${own}: no case “${title}” (${found?.length ?? 0})`);
    return `${own} ${start === '' ? title : `${start.trim()}等 ${count} 例`} · \`${rule.file}\``;
  };
  const rows = lines.map((one) => `| ${one.id} | ${cell(one.example)} | ${cell(caseOf(one))} |`);
  const open = lines.filter((one) => one.where.startsWith(notYet)).length;
  return `# 临床参考例的覆盖

由源文件生成，勿手改。临床参考中的每个例子由哪条规则的哪个例子检验；缺一条即不能生成。共 ${lines.length} 例，其中 ${open} 例暂无并写明原因。

| 编号 | 参考例 | 由哪个例子检验 |
|---|---|---|
${rows.join('\n')}
`;
}

const cell = (text: string) => text.replace(/\|/g, '｜');
