import { encode } from 'uqr';

/** A text as a QR code: dark on white with its quiet border, large enough for a cheap camera. */
export function QrCode(props: { text: string; label: string; size?: number; ecc?: 'L' | 'M' }) {
  const { text, label, size = 240, ecc = 'M' } = props;
  const { data, size: modules } = encode(text, { ecc, border: 4 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      style={{ background: '#fff', maxWidth: '100%' }}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
