// Draws the phone app's icons from its one SVG, with the browser the tests use. Run after changing the SVG:
// npx tsx scripts/draw-icons.ts
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../test/support/browser.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/apps/field/public');
const svg = await readFile(join(folder, 'icon.svg'), 'utf8');
const data = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;

/** A maskable icon may be cut to a circle: the drawing keeps to the inner four fifths on a full ground. */
const icons = [
  { name: 'icon-180.png', size: 180, inner: 1, ground: '#0b5f58' },
  { name: 'icon-192.png', size: 192, inner: 1, ground: 'transparent' },
  { name: 'icon-512.png', size: 512, inner: 1, ground: 'transparent' },
  { name: 'icon-maskable-512.png', size: 512, inner: 0.8, ground: '#0b5f58' },
];

const browser = await launchBrowser();
const page = await browser.newPage();
for (const { name, size, inner, ground } of icons) {
  await page.setViewportSize({ width: size, height: size });
  const side = Math.round(size * inner);
  await page.setContent(
    `<body style="margin:0;background:${ground};display:grid;place-items:center;height:100vh"><img width="${side}" height="${side}" src="${data}"></body>`,
  );
  await page.locator('img').evaluate((image) => (image as unknown as { decode(): Promise<void> }).decode());
  await writeFile(join(folder, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
