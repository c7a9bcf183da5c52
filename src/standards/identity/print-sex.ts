/** A sex as it stands beside a name: 未知 and 未说明 of GB/T 2261.1 are said to be so, never guessed. */
export function printSex(code: string): string {
  return code === '1' ? '男' : code === '2' ? '女' : '性别不详';
}
