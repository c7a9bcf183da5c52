import { rm } from 'node:fs/promises';
import { preparedCounties } from './prepared-county.ts';
import { throwAwayFolder } from './throw-away-folder.ts';

let mine: string | undefined;

/** Before a run: a place for the counties its files share, unless several runs were given one. */
export async function setup(): Promise<void> {
  if (process.env[preparedCounties]) return;
  mine = await throwAwayFolder('quancheng-prepared-');
  process.env[preparedCounties] = mine;
}

/** After it: nothing of them is left. */
export async function teardown(): Promise<void> {
  if (mine) await rm(mine, { recursive: true, force: true });
}
