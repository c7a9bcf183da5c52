import { rm } from 'node:fs/promises';
import { preparedCounties } from './prepared-county.ts';
import { throwAwayFolder } from './throw-away-folder.ts';

/** Before a run: a place for the counties its files share. */
export async function setup(): Promise<void> {
  process.env[preparedCounties] = await throwAwayFolder('quancheng-prepared-');
}

/** After it: nothing of them is left. */
export async function teardown(): Promise<void> {
  await rm(process.env[preparedCounties] ?? '', { recursive: true, force: true });
}
