import type { PhoneCarePlan } from '../domain/person-document.ts';

/** The plan the one-stop centre made with the person: goals, what to watch at home, when to come again. */
export function CarePlanCard({ plan }: { plan: PhoneCarePlan | null }) {
  if (!plan) return null;
  return (
    <section className="f-card" aria-label="健康管理方案">
      <h2>健康管理方案</h2>
      <p className="f-small f-soft" style={{ margin: 0 }}>
        {plan.on} {plan.by}制定{plan.nextOn ? `，${plan.nextOn} 复诊` : ''}
      </p>
      <dl className="f-pairs f-small">
        {plan.goals.map((goal) => (
          <div key={goal.label} style={{ display: 'contents' }}>
            <dt>{goal.label}</dt>
            <dd>{goal.target}</dd>
          </div>
        ))}
        {plan.monitoring.map((item) => (
          <div key={item.what} style={{ display: 'contents' }}>
            <dt>{item.what}</dt>
            <dd>{item.often}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
