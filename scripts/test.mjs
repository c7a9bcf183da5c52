// Everything the product promises, in one command: format, lint, types, architecture, units, server, build, journeys.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
ensureInstalled(project);

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const bin = (name) => join(project, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const report = (name) => join(tmpdir(), `quancheng-${process.pid}-${name}.json`);
const vitest = (name, ...args) => [
  bin('vitest'),
  'run',
  ...args,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report(name)}`,
];

const steps = [
  { part: 'check', title: '格式与静态检查', command: [bin('biome'), 'check', '.'] },
  ...['pure', 'server', 'browser', 'test'].map((layer) => ({
    part: 'check',
    title: `类型：${layer}`,
    command: [bin('tsc'), '-p', `tsconfig.${layer}.json`],
  })),
  { part: 'unit', title: '单元与服务器测试', command: vitest('unit'), report: 'unit' },
  { part: 'journeys', title: '构建', command: [process.execPath, 'scripts/build.mjs'] },
  {
    part: 'journeys',
    title: '浏览器旅程',
    command: vitest('journeys', '--config', 'vitest.journeys.config.ts'),
    report: 'journeys',
  },
];

const counts = { passed: 0, failed: 0 };
let failedStep;
for (const step of steps.filter((one) => only === undefined || one.part === only)) {
  const started = Date.now();
  console.log(`\n── ${step.title}`);
  const [command, ...args] = step.command;
  const run = spawnSync(command, args, {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  if (step.report) addCounts(report(step.report));
  else counts[run.status === 0 ? 'passed' : 'failed'] += 1;
  console.log(
    `── ${step.title}：${run.status === 0 ? '通过' : '失败'}，${((Date.now() - started) / 1000).toFixed(1)} 秒`,
  );
  if (run.status !== 0) {
    failedStep = step.title;
    if (counts.failed === 0) counts.failed += 1;
    break;
  }
}
console.log(failedStep ? `\n失败于：${failedStep}` : '\n全部通过');
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(failedStep ? 1 : 0);

function addCounts(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
    rmSync(file, { force: true });
  } catch {
    counts.failed += 1;
  }
}
