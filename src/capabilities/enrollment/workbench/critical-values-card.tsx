import { Button, Form, InputNumber } from 'antd';
import { criticalEnds } from '#clinical/early-warning/own-critical-values.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { useActor } from '#platform/browser/session.tsx';
import { WriteProblem } from '#platform/browser/use-write.tsx';
import type { CriticalValues } from '../grading-contract.ts';
import { changedText, useCountySetting } from './use-county-setting.ts';

/** The county's own critical laboratory values, each end within what lists of hospitals hold. */
export function CriticalValuesCard(props: {
  given: { value: CriticalValues; changedAt: string | null };
  mayChange: boolean;
}) {
  const { value, changedAt } = props.given;
  const { change, renew, problem, busy } = useCountySetting(changedAt);
  const actor = useActor();
  return (
    <section className="card">
      <h2>检验危急值</h2>
      <p className="small soft">
        {changedText(changedAt)}。与检验机构的危急值清单一致；达到即为危急预警。血钠等其余项目按默认值。
      </p>
      <Form
        layout="vertical"
        disabled={!props.mayChange}
        initialValues={value}
        onValuesChange={renew}
        onFinish={(values: CriticalValues) => void change({ key: 'critical-values', value: values })}
      >
        <div className="row">
          {criticalEnds(plainDate(actor.today)).map(({ test, end, name, unit, usual, range }) => (
            <Form.Item
              key={`${test} ${end}`}
              name={[test, end]}
              label={`${name}${end === 'low' ? '低于或等于' : '高于或等于'}`}
              extra={`默认 ${usual}，可定 ${range[0]}–${range[1]}`}
              rules={[
                { required: true, message: '请填写数值' },
                {
                  type: 'number',
                  min: range[0],
                  max: range[1],
                  message: `应在 ${range[0]}–${range[1]} 之间`,
                },
              ]}
            >
              <InputNumber step={range[1] > 10 ? 1 : 0.1} suffix={unit} style={{ width: 170 }} />
            </Form.Item>
          ))}
        </div>
        <WriteProblem problem={problem} />
        {props.mayChange && (
          <Button type="primary" htmlType="submit" loading={busy}>
            保存危急值
          </Button>
        )}
      </Form>
    </section>
  );
}
