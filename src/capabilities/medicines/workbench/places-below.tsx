import type { MedicineAvailability } from '../contract.ts';

/** The places directly below, what each lacks and where it differs; each opens. */
export function PlacesBelow({
  given,
  onOpen,
}: {
  given: MedicineAvailability;
  onOpen: (id: string) => void;
}) {
  if (given.below.length === 0) return null;
  return (
    <section className="card" aria-label="下级机构">
      <h2 style={{ marginBottom: 6 }}>下级机构</h2>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
          columnGap: 24,
        }}
      >
        {given.below.map(({ id, name, lacking, differs }) => (
          <button
            key={id}
            type="button"
            className="link-button row spread"
            style={{ width: '100%', padding: '8px 0', borderTop: '1px solid var(--line)' }}
            onClick={() => onOpen(id)}
          >
            <span>{name}</span>
            <span className="small soft">
              {lacking === 0 ? '都有' : `暂无 ${lacking} 种`}
              {differs > 0 ? `，与上级不同 ${differs} 处` : ''}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
