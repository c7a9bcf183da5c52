// Everything the product promises, in one command: format, lint, types, architecture, units, server, build, journeys.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
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
// Its own threads check the same types again and again: with one each, several layers side by side take half the work.
const types = (layer) => ({
  part: 'check',
  title: `类型：${layer}`,
  command: [bin('tsc'), '-p', `tsconfig.${layer}.json`, '--singleThreaded'],
});

/** What needs nothing of each other goes side by side, the longest first; then one run of tests after the other. */
const waves = [
  [
    types('test'),
    types('browser'),
    types('server'),
    { part: 'check', title: '格式与静态检查', command: [bin('biome'), 'check', '.'] },
    { part: 'journeys', title: '构建', command: [process.execPath, 'scripts/build.mjs'] },
    types('pure'),
  ],
  [{ part: 'unit', title: '单元与服务器测试', command: vitest('unit'), report: 'unit' }],
  [
    {
      part: 'journeys',
      title: '浏览器旅程',
      command: vitest('journeys', '--config', 'vitest.journeys.config.ts'),
      report: 'journeys',
    },
  ],
].map((wave) => wave.filter((step) => only === undefined || step.part === only));

const running = new Set();
let isStopped = false;
// Ctrl-C in a terminal reaches whatever runs by itself; all of it ends in order, and what follows is not begun.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    isStopped = true;
    if (signal === 'SIGTERM') for (const child of running) child.kill(signal);
  });

const counts = { passed: 0, failed: 0 };
const failed = [];
const counties = only === 'check' ? undefined : await placeForCounties();
try {
  for (const wave of waves) {
    const waiting = [...wave];
    const takeTurns = async () => {
      for (let step = waiting.shift(); step && !isStopped; step = waiting.shift())
        await take(step, wave.length > 1);
    };
    await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, takeTurns));
    if (failed.length > 0 || isStopped) break;
  }
} finally {
  if (counties) rmSync(counties, { recursive: true, force: true });
}
const isPassed = failed.length === 0 && !isStopped;
console.log(isPassed ? '\n全部通过' : `\n${isStopped ? '已停止' : `失败于：${failed.join('、')}`}`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(isPassed ? 0 : 1);

/** Both runs of tests begin with the same counties: each is made by the first who asks for it. */
async function placeForCounties() {
  const { tsImport } = await import('tsx/esm/api');
  const { throwAwayFolder } = await tsImport('../test/support/throw-away-folder.ts', import.meta.url);
  const folder = await throwAwayFolder('quancheng-prepared-');
  process.env.QUANCHENG_PREPARED_COUNTIES = folder;
  return folder;
}

/** Runs a step to its end. What it says is shown as it comes, or whole at its end where others run beside it. */
async function take(step, isBesideOthers) {
  const started = Date.now();
  const heading = `\n── ${step.title}`;
  if (!isBesideOthers) console.log(heading);
  const { status, said } = await run(step.command, isBesideOthers);
  if (isBesideOthers) console.log(heading);
  process.stdout.write(said);
  if (step.report) addCounts(report(step.report));
  else counts[status === 0 ? 'passed' : 'failed'] += 1;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`── ${step.title}：${status === 0 ? '通过' : '失败'}，${seconds} 秒`);
  if (status === 0) return;
  failed.push(step.title);
  if (counts.failed === 0) counts.failed += 1;
}

function run([command, ...args], isBesideOthers) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: project,
      stdio: isBesideOthers ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    running.add(child);
    const pieces = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => pieces.push(piece));
    child.on('error', (error) => pieces.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      running.delete(child);
      resolve({ status, said: Buffer.concat(pieces).toString() });
    });
  });
}

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
