/**
 * The house as data: which layer a file belongs to, what each layer may import, how long a file may be. The test beside
 * this file reads every import of the source and fails on an arrow that bends.
 */
export interface Layer {
  readonly name: string;
  /** Matches paths relative to `src/`. */
  readonly files: RegExp;
  /** Names of layers it may import besides itself. */
  readonly mayImport: readonly string[];
  /** Packages it may import; `any` for no limit. Node's own modules count as packages. */
  readonly packages: readonly string[] | 'any';
}

const pure = ['kernel', 'standards', 'clinical'];
const browserPackages = [
  'react',
  'react-dom',
  'react-dom/client',
  'antd',
  'antd/locale/zh_CN',
  '@ant-design/icons',
  '@tanstack/react-query',
  '@tanstack/react-router',
  'uuidv7',
  'uqr',
  'jsqr',
];

export const layers: readonly Layer[] = [
  { name: 'kernel', files: /^kernel\//, mayImport: [], packages: [] },
  { name: 'standards', files: /^standards\//, mayImport: ['kernel'], packages: ['zod'] },
  { name: 'clinical', files: /^clinical\//, mayImport: ['kernel', 'standards'], packages: [] },
  { name: 'domain', files: /^capabilities\/[^/]+\/domain\//, mayImport: pure, packages: [] },
  {
    name: 'contract',
    files: /^capabilities\/[^/]+\/(?:[a-z-]+-)?contract\.ts$/,
    mayImport: [...pure, 'domain'],
    packages: ['zod'],
  },
  {
    name: 'platform-server',
    files: /^platform\/server\//,
    mayImport: ['kernel', 'standards'],
    packages: 'any',
  },
  {
    name: 'platform-browser',
    files: /^platform\/browser\//,
    mayImport: ['kernel', 'standards'],
    packages: [...browserPackages, 'zod/v4/core'],
  },
  {
    name: 'server',
    files: /^capabilities\/[^/]+\/server\//,
    mayImport: [...pure, 'domain', 'contract', 'platform-server'],
    packages: 'any',
  },
  {
    name: 'screens',
    files: /^capabilities\/[^/]+\/(ui|workbench|field|resident)\//,
    mayImport: [...pure, 'domain', 'contract', 'platform-browser'],
    packages: browserPackages,
  },
  {
    name: 'app-server',
    files: /^apps\/(server|demo-county)\//,
    mayImport: [...pure, 'domain', 'contract', 'server', 'platform-server'],
    packages: 'any',
  },
  {
    name: 'app-browser',
    files: /^apps\/(workbench|field|resident)\//,
    mayImport: [...pure, 'domain', 'contract', 'screens', 'platform-browser'],
    packages: [...browserPackages, '@fontsource/noto-sans-sc/400.css', '@fontsource/noto-sans-sc/600.css'],
  },
];

/** Which capability may lean on which; no circle. A need against the list is a concept that belongs lower. */
export const capabilityArrows: Readonly<Record<string, readonly string[]>> = {
  residents: [],
  organizations: [],
  medicines: [],
  assessment: [],
  indicators: ['residents'],
  records: ['residents', 'indicators'],
  contracts: ['residents', 'records'],
  appointments: ['residents', 'contracts', 'privacy'],
  enrollment: ['residents', 'indicators', 'assessment', 'closing'],
  screening: ['residents', 'records', 'enrollment', 'assessment'],
  'follow-up': ['residents', 'indicators', 'enrollment', 'assessment', 'records', 'contracts'],
  checkups: ['residents', 'records', 'enrollment', 'assessment', 'screening', 'exchange'],
  referrals: ['residents', 'assessment', 'indicators'],
  consultations: ['residents', 'records', 'referrals', 'visits'],
  visits: [
    'residents',
    'records',
    'contracts',
    'appointments',
    'enrollment',
    'assessment',
    'screening',
    'follow-up',
    'referrals',
  ],
  closing: ['residents'],
  access: ['residents', 'assessment'],
  privacy: ['residents'],
  exchange: ['residents', 'enrollment'],
  'field-sync': [
    'residents',
    'closing',
    'records',
    'contracts',
    'enrollment',
    'assessment',
    'screening',
    'follow-up',
    'checkups',
    'visits',
    'referrals',
    'medicines',
  ],
};

/** What of another capability may be imported; screens may also use another's screens of the same app. */
export const openToOthers = [/^domain\//, /^(?:[a-z-]+-)?contract\.ts$/, /^server\/public\.ts$/];

/** Lines a file may have. Data files and tests are exempt. */
export const longestFile = 300;
export const exemptFromLength = [
  /\.test\.tsx?$/,
  /\.cases\.ts$/,
  /\.rule\.ts$/,
  /^standards\//,
  /parameters\.ts$/,
  /names\.ts$/,
  /tables\.ts$/,
];

/** Definitions of rules with their cases: for tests and the catalogue, never shipped. */
export const definitionFiles = /^clinical\/(.*\/rules|.*\.rule|all-rules|all-parameters)\.ts$/;

/** Exceptions that stand today, each with how it will go away. The list only shrinks: the test fails on a stale entry. */
export const ratchet: Readonly<Record<string, string>> = {};
