import { valueOn } from '#kernel/dated.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import {
  accessLogMonths,
  ageOfOwnConsent,
  recordRetentionYears,
  requestWorkingDays,
} from '#standards/privacy/privacy-parameters.ts';
import { basisLabels, type ProcessingPurpose, purposesOn } from '#standards/privacy/processing-purposes.ts';

/** For anybody, signed in or not: what is kept about people, what for, who sees it, how long, and how to ask. */
export function PrivacyScreen() {
  const today = dayInChina(new Date());
  const years = valueOn(recordRetentionYears, today);
  const months = valueOn(accessLogMonths, today);
  const days = valueOn(requestWorkingDays, today);
  return (
    <main className="page" style={{ maxWidth: 820, margin: '0 auto' }}>
      <h1>您的健康信息怎样被使用</h1>
      <p>
        这里写明本平台保存您的哪些信息、用来做什么、谁能看到、保存多久，以及您怎样查询、更正或提出不同意见。
      </p>
      {purposesOn(today).map((purpose) => (
        <Purpose key={purpose.code} purpose={purpose} years={years} />
      ))}
      <section className="card" style={{ marginBottom: 12 }}>
        <h2>谁看过，都有记录</h2>
        <p>
          每一次打开、修改、导出您的档案，都会记下是谁、什么时候、做了什么，记录至少保存{months / 12}
          年。您可以请村医或乡镇卫生院打开“谁看过这份档案”给您看。
        </p>
      </section>
      <section className="card" style={{ marginBottom: 12 }}>
        <h2>您可以怎样做</h2>
        <ul style={{ paddingLeft: 20, margin: 0, lineHeight: 1.9 }}>
          <li>查看或要一份自己的资料。</li>
          <li>发现写错了，要求更正。</li>
          <li>要求删除。病历和公共卫生记录在法定保存期内不能删除，联系方式等可以删除。</li>
          <li>要求说明为什么这样处理您的信息。</li>
          <li>不接收短信、微信提醒，或撤回您同意过的事项：登记后立即生效，不影响您看病和随访。</li>
        </ul>
        <p style={{ marginBottom: 0 }}>
          带身份证到您所在村的卫生室或乡镇卫生院，当面提出即可；不满{valueOn(ageOfOwnConsent, today)}
          周岁由监护人提出。工作人员应在
          {days}个工作日内答复并说明理由。
        </p>
      </section>
      <p>
        <a href="/">返回</a>
      </p>
    </main>
  );
}

function Purpose({ purpose, years }: { purpose: ProcessingPurpose; years: number }) {
  const kept = purpose.keptFor === 'record' ? `自最后一次就诊起至少${years}年` : '到您撤回或拒绝为止';
  const lines: readonly (readonly [string, string])[] = [
    ['用到', purpose.data],
    ['谁能看到', purpose.seenBy],
    ['保存', kept],
    ['依据', `${basisLabels[purpose.basis]}（个人信息保护法${purpose.clause}）`],
  ];
  return (
    <section className="card" style={{ marginBottom: 12 }}>
      <h2>{purpose.plain}</h2>
      {!purpose.isInUse && <p className="soft">本县目前没有这样做；要做时会先问您。</p>}
      {lines.map(([label, text]) => (
        <div key={label} style={{ display: 'flex', gap: 12, padding: '3px 0' }}>
          <span className="soft" style={{ flex: '0 0 72px' }}>
            {label}
          </span>
          <span>{text}</span>
        </div>
      ))}
    </section>
  );
}
