import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  capabilityArrows,
  definitionFiles,
  exemptFromLength,
  layers,
  longestFile,
  openToOthers,
  ratchet,
} from './architecture.ts';

const source = dirname(fileURLToPath(import.meta.url));

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory()
      ? filesBelow(path)
      : /\.tsx?$/.test(name)
        ? [relative(source, path)]
        : [];
  });
}

const files = filesBelow(source).filter((file) => !file.startsWith('architecture'));
const product = files.filter((file) => !/\.test\.tsx?$/.test(file) && !file.endsWith('vite.config.ts'));

interface Import {
  readonly from: string;
  readonly text: string;
  /** Path relative to `src/`, when it lies there. */
  readonly to: string | undefined;
}

const aliases: Readonly<Record<string, string>> = {
  '#kernel/': 'kernel/',
  '#standards/': 'standards/',
  '#clinical/': 'clinical/',
  '#capabilities/': 'capabilities/',
  '#platform/': 'platform/',
  '#apps/': 'apps/',
};

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ];
  return found.map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    const alias = Object.keys(aliases).find((prefix) => target.startsWith(prefix));
    const to = target.startsWith('.')
      ? relative(source, join(source, dirname(file), target))
      : alias
        ? `${aliases[alias]}${target.slice(alias.length)}`
        : undefined;
    return { from: file, text: target, to };
  });
}

const layerOf = (file: string) => layers.find((layer) => layer.files.test(file));
const capabilityOf = (file: string) => /^capabilities\/([^/]+)\//.exec(file)?.[1];
const all = product.flatMap(importsOf);

describe('the house', () => {
  it('has a layer for every file, and every import leads to a file', () => {
    expect(product.filter((file) => !layerOf(file))).toEqual([]);
    const known = new Set(files);
    const lost = all.filter((one) => one.to && !known.has(one.to) && !/\.(css|svg|json)$/.test(one.to));
    expect(lost.map((one) => `${one.from} → ${one.text}`)).toEqual([]);
  });

  it('bends no arrow between layers', () => {
    const bent = all.filter((one) => {
      if (!one.to || /\.(css|svg)$/.test(one.to)) return false;
      const [from, to] = [layerOf(one.from), layerOf(one.to)];
      return from && to && from !== to && !from.mayImport.includes(to.name);
    });
    expect(bent.map((one) => `${one.from} → ${one.text}`)).toEqual([]);
  });

  it('uses only the packages its layer may', () => {
    const foreign = all.filter((one) => {
      const layer = layerOf(one.from);
      return one.to === undefined && layer && layer.packages !== 'any' && !layer.packages.includes(one.text);
    });
    expect(foreign.map((one) => `${one.from} → ${one.text}`)).toEqual([]);
  });

  it('keeps capabilities apart but for the declared arrows and open doors', () => {
    const wrong = all.filter((one) => {
      const [from, to] = [capabilityOf(one.from), one.to && capabilityOf(one.to)];
      if (!from || !to || from === to || !one.to) return false;
      const inside = one.to.slice(`capabilities/${to}/`.length);
      const app = /\/(workbench|field)\//.exec(one.from)?.[1];
      const isScreenToScreen = app !== undefined && inside.startsWith(`${app}/`);
      const isOpen = isScreenToScreen || openToOthers.some((door) => door.test(inside));
      return !isOpen || !capabilityArrows[from]?.includes(to);
    });
    expect(wrong.map((one) => `${one.from} → ${one.text}`)).toEqual([]);
  });

  it('has no circle of capabilities', () => {
    const visit = (name: string, path: readonly string[]): void => {
      expect(path, `circle: ${[...path, name].join(' → ')}`).not.toContain(name);
      for (const next of capabilityArrows[name] ?? []) visit(next, [...path, name]);
    };
    for (const name of Object.keys(capabilityArrows)) visit(name, []);
    const present = [...new Set(product.flatMap((file) => capabilityOf(file) ?? []))];
    expect(present.filter((name) => !capabilityArrows[name])).toEqual([]);
  });

  it('has no circle of files', () => {
    const edges = new Map<string, string[]>();
    for (const one of all) if (one.to) edges.set(one.from, [...(edges.get(one.from) ?? []), one.to]);
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of product) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keeps pure layers pure: no clock, no chance, no input or output', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|Math\.random\(|\bprocess\.|\bfetch\(|\bconsole\./;
    const found = product.filter((file) => {
      const name = layerOf(file)?.name ?? '';
      return (
        ['kernel', 'standards', 'clinical', 'domain', 'contract'].includes(name) &&
        impure.test(readFileSync(join(source, file), 'utf8'))
      );
    });
    expect(found).toEqual([]);
  });

  it('keeps limits of medicine out of SQL and screens', () => {
    const suspicious = /\b(sbp|dbp|last_sbp|last_dbp)\b\s*(<|>|<=|>=)\s*\d{2,3}/;
    const found = product.filter(
      (file) =>
        !/^(clinical|standards)\//.test(file) && suspicious.test(readFileSync(join(source, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it('ships no definitions of rules: only tests, the catalogue and other definitions read them', () => {
    const found = all.filter(
      (one) => one.to && definitionFiles.test(one.to) && !definitionFiles.test(one.from),
    );
    expect(found.map((one) => `${one.from} → ${one.text}`)).toEqual([]);
  });

  it('has files one can read in one go, but for the list that only shrinks', () => {
    const long = product.filter((file) => {
      const lines = readFileSync(join(source, file), 'utf8').split('\n').length - 1;
      return lines > longestFile && !exemptFromLength.some((pattern) => pattern.test(file));
    });
    expect(long.filter((file) => !(file in ratchet))).toEqual([]);
    expect(
      Object.keys(ratchet).filter((file) => !long.includes(file)),
      'entries that can go',
    ).toEqual([]);
  });
});
