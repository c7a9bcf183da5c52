import { Drawer } from 'antd';
import { certaintyLabels } from '#platform/browser/design-system/certainty-labels.ts';
import type { FiguresPage } from './figure-words.ts';

/** How a figure is counted, of what, and where that is written. */
export function FigureDefinitionDrawer(props: {
  definition: FiguresPage['definitions'][number] | undefined;
  onClose: () => void;
}) {
  const { definition } = props;
  return (
    <Drawer open={definition !== undefined} onClose={props.onClose} title="这个数字怎么算" size="large">
      {definition && (
        <dl>
          <dt className="soft">指标</dt>
          <dd>
            {definition.name}（{definition.id}）
          </dd>
          <dt className="soft">{definition.denominator === null ? '计入' : '分子'}</dt>
          <dd>{definition.numerator}</dd>
          <dt className="soft">分母</dt>
          <dd>{definition.denominator ?? '无，本项为份数'}</dd>
          <dt className="soft">口径</dt>
          <dd>{definition.policy}</dd>
          <dt className="soft">归属</dt>
          <dd>按居民现在的管理机构；县医院按收到或发出的机构。</dd>
          <dt className="soft">依据</dt>
          <dd>
            {definition.source}（
            {(certaintyLabels as Readonly<Record<string, string>>)[definition.certainty] ??
              definition.certainty}
            ）
          </dd>
        </dl>
      )}
    </Drawer>
  );
}
