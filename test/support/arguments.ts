/** The word behind `--name` on the command line. */
export function textArgument(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
}

/** The number behind `--name`, or the usual one. */
export const numberArgument = (name: string, usual: number): number => Number(textArgument(name) ?? usual);

/** Whether `--name` was said. */
export const hasArgument = (name: string): boolean => process.argv.includes(`--${name}`);

/** Whether that file is what was started, not something a test imports. */
export const isRunAs = (fileName: string): boolean => process.argv[1]?.endsWith(fileName) ?? false;
