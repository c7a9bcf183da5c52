import { Drawer } from 'antd';

/** How a figure is counted. */
export interface FigureDefinition {
  readonly id: string;
  readonly name: string;
  readonly numerator: string;
  readonly denominator: string | null;
  readonly policy: string;
  readonly source: string;
}

/** How a figure is counted, of what, and where that is written; open while there is a definition. */
export function DefinitionDrawer<D extends FigureDefinition>(props: {
  definition: D | undefined;
  onClose: () => void;
  /** What a figure without a denominator counts: 人数. */
  countOf?: string;
  /** By which house it is counted, where that wants saying. */
  belongsTo?: string;
  /** The edition of the source, or how sure it is. */
  remark: (definition: D) => string;
}) {
  const { definition, countOf = '人数', belongsTo } = props;
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
          <dd>{definition.denominator ?? `无，本指标为${countOf}`}</dd>
          <dt className="soft">口径</dt>
          <dd>{definition.policy}</dd>
          {belongsTo && (
            <>
              <dt className="soft">归属</dt>
              <dd>{belongsTo}</dd>
            </>
          )}
          <dt className="soft">依据</dt>
          <dd>
            {definition.source}（{props.remark(definition)}）
          </dd>
        </dl>
      )}
    </Drawer>
  );
}
