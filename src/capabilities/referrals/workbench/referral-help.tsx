import { Checkbox } from 'antd';
import { isWritten, toggleStep } from '../domain/handling-text.ts';
import type { ReferralHelp } from '../domain/referral-help.ts';

/** The departments the reason speaks for, one press each. */
export function SuggestedDepartments(props: {
  readonly departments: ReferralHelp['departments'];
  readonly chosen: string;
  readonly onChoose: (department: string) => void;
}) {
  if (props.departments.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own legend and frame.
    <div role="group" className="row" aria-label="按理由建议的科室">
      <span className="small soft">按理由建议</span>
      {props.departments.map((one) => (
        <button
          key={one}
          type="button"
          className="choice"
          aria-pressed={one === props.chosen}
          onClick={() => props.onChoose(one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

/** What to do first for an emergency: what is ticked is written into the text with the minute. */
export function HandlingChecklist(props: {
  readonly steps: ReferralHelp['steps'];
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  if (props.steps.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own legend and frame.
    <div role="group" aria-label="急诊处理清单">
      <div className="small soft">
        初步处理清单：勾选已做的，连同时间写入上面的“初步处理”。供核对，以医生判断为准。
      </div>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))',
          gap: '0 12px',
        }}
      >
        {props.steps.map((step) => (
          <Checkbox
            key={step.code}
            style={{ padding: '6px 0' }}
            checked={isWritten(props.text, step)}
            onChange={() => props.onChange(toggleStep(props.text, step, new Date()))}
          >
            {step.done}
            {step.provided && <span className="small soft">（{step.provided}）</span>}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
