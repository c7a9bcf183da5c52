import { encode } from 'uqr';

/**
 * A text as a QR code: dark on white with its quiet border, large enough for a cheap camera. At most `size` wide: every
 * module takes the same whole number of pixels, since uneven ones are what readers stumble over.
 */
export function QrCode(props: { text: string; label: string; size?: number; ecc?: 'L' | 'M' }) {
  const { text, label, size = 240, ecc = 'M' } = props;
  const { data, size: modules } = encode(text, { ecc, border: 4 });
  const side = Math.max(1, Math.floor(size / modules)) * modules;
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      viewBox={`0 0 ${modules} ${modules}`}
      width={side}
      height={side}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      style={{ background: '#fff', maxWidth: '100%' }}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
