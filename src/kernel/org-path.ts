/**
 * Where an organization stands in the county's tree: `/999999/101/201/`, a label per level, slashes at both ends.
 * What a worker sees is the subtree of a path; as text under the C collation a subtree is one contiguous range.
 */
export type OrgPath = string & { readonly __orgPath: unique symbol };

const SHAPE = /^\/(?:[0-9A-Za-z_-]{1,32}\/){1,8}$/;

/** Parses a path; undefined when it is not one. */
export function parseOrgPath(text: string): OrgPath | undefined {
  return SHAPE.test(text) ? (text as OrgPath) : undefined;
}

/** The path written in trusted text; throws a RangeError otherwise. */
export function orgPath(text: string): OrgPath {
  const path = parseOrgPath(text);
  if (path === undefined) throw new RangeError('not an organization path');
  return path;
}

/** The path of a child with this label. */
export function childPath(parent: OrgPath, label: string): OrgPath {
  return orgPath(`${parent}${label}/`);
}

/** True when `path` is `root` or lies below it. */
export function isWithin(path: OrgPath, root: OrgPath): boolean {
  return path.startsWith(root);
}

/** Half-open text range [from, to) that holds exactly the subtree, under byte order. `0` follows `/`. */
export function subtreeRange(root: OrgPath): { from: string; to: string } {
  return { from: root, to: `${root.slice(0, -1)}0` };
}
