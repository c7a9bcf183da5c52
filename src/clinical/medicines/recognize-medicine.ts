import { type Medicine, medicines } from './formulary.ts';

const salts =
  /^(苯磺酸|马来酸|甲磺酸|酒石酸|琥珀酸|富马酸|盐酸|硫酸|磷酸|硝酸|醋酸|枸橼酸|单硝酸(?=异山梨酯)|脯氨酸|赖氨酸)/;
const forms =
  /(缓释|控释|肠溶|分散|咀嚼|口崩|薄膜衣|泡腾)?(片剂|片|胶囊剂|胶囊|颗粒|注射液|注射剂|口服液|滴丸|气雾剂|粉吸入剂|吸入粉雾剂|吸入气雾剂|喷雾剂|吸入用混悬液|软胶囊|栓|丸)$/;

/** Names as written → the bare name: brackets, salts and forms taken off; full-width characters made plain. */
export function bareName(text: string): string {
  let name = text
    .normalize('NFKC')
    .replace(/[\s·.]/g, '')
    .replace(/\([^()]*\)|（[^（）]*）/g, '');
  for (let turn = 0; turn < 3; turn++) name = name.replace(salts, '').replace(forms, '');
  return name;
}

const wanted = new Map<string, string>([
  ['左旋氨氯地平', 'levamlodipine'],
  ['硝苯地平控释', 'nifedipine-gits'],
  ['硝苯地平缓释', 'nifedipine-sr'],
  ['美托洛尔缓释', 'metoprolol-succinate-er'],
  ['单硝酸异山梨酯', 'isosorbide-mononitrate'],
  ['北京降压0号', 'reserpine-triamterene-hctz-dihydralazine'],
  ['降压0号', 'reserpine-triamterene-hctz-dihydralazine'],
  ['拜新同', 'nifedipine-gits'],
  ['感冒灵', 'ganmaoling'],
]);

const names = new Map<string, Medicine>();
for (const medicine of medicines) {
  for (const name of [
    medicine.nameZh,
    bareName(medicine.nameZh),
    bareName(medicine.nameZh.replace(/(平片|缓释片?|控释片?|吸入|气雾剂)$/, '')),
  ])
    if (name && !names.has(name)) names.set(name, medicine);
}

/**
 * The medicine a Chinese name means, salt and form set aside; undefined when not known, which is never guessed. Released
 * forms with a row of their own are told apart.
 */
export function recognizeMedicine(text: string): Medicine | undefined {
  const written = text.normalize('NFKC').replace(/\s/g, '');
  const plain = written.replace(/\([^()]*\)/g, '').replace(salts, '');
  for (const [name, code] of wanted)
    if (plain.includes(name)) return medicines.find((one) => one.code === code);
  const released = plain.replace(/(片剂|片|胶囊剂|胶囊)$/, '');
  const bare = bareName(written);
  // 阿托伐他汀钙, 氯沙坦钾, 普伐他汀钠: the salt stands behind.
  const freed = bare.replace(/[钙钠钾镁锌]$/, '');
  return names.get(written) ?? names.get(plain) ?? names.get(released) ?? names.get(bare) ?? names.get(freed);
}
