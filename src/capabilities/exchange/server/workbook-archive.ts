import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { workbookLimits } from './workbook-limits.ts';

/** A file we will not read, with the reason for the person who uploaded it. */
export class WorkbookRefused extends Error {}

/** The parts of an .xlsx, each read as a stream of XML within the limit of inflated bytes. */
export interface WorkbookArchive {
  readonly names: ReadonlyMap<string, yauzl.Entry>;
  stream(name: string, onText: (parser: SaxesParser) => void): Promise<void>;
  close(): void;
}

/** Opens the zip; refuses a damaged one and one of too many parts. */
export function openArchive(bytes: Buffer): Promise<WorkbookArchive> {
  return new Promise((resolve, reject) => {
    const damaged = () => reject(new WorkbookRefused('文件已损坏，无法解压。'));
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: false }, (error, zip) => {
      if (error || !zip) return damaged();
      const names = new Map<string, yauzl.Entry>();
      zip.on('error', damaged);
      zip.on('entry', (entry: yauzl.Entry) => {
        names.set(entry.fileName, entry);
        if (names.size > workbookLimits.entries) {
          return reject(new WorkbookRefused('文件内部的部件过多，拒绝读取。'));
        }
        zip.readEntry();
      });
      zip.on('end', () => resolve(archiveOf(zip, names)));
      zip.readEntry();
    });
  });
}

function archiveOf(zip: yauzl.ZipFile, names: ReadonlyMap<string, yauzl.Entry>): WorkbookArchive {
  let inflated = 0;
  const count = (chunk: Buffer) => {
    inflated += chunk.length;
    if (inflated > workbookLimits.inflatedBytes) {
      throw new WorkbookRefused('文件解压后过大，拒绝读取。请删去多余的工作表和空行后重试。');
    }
  };
  return {
    names,
    close: () => zip.close(),
    async stream(name, onText) {
      const entry = names.get(name);
      if (!entry) throw new WorkbookRefused(`文件不完整，缺少 ${name.slice(0, 60)}。`);
      const parser = new SaxesParser({ xmlns: false });
      onText(parser);
      parser.on('doctype', () => {
        throw new WorkbookRefused('文件含有不允许的内容，拒绝读取。');
      });
      parser.on('error', () => {
        throw new WorkbookRefused('文件内容格式错误，无法读取。');
      });
      const decoder = new TextDecoder('utf-8', { fatal: true });
      for await (const chunk of await openEntry(zip, entry)) {
        count(chunk as Buffer);
        parser.write(decode(decoder, chunk as Buffer));
      }
      parser.write(decode(decoder)).close();
    },
  };
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new WorkbookRefused('文件里的文字编码有误，无法读取。');
  }
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    if (entry.isEncrypted()) return reject(new WorkbookRefused('文件已加密，请取消密码后重试。'));
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(new WorkbookRefused('文件已损坏，无法解压。'));
      else resolve(stream);
    });
  });
}

/** The name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An attribute by its name without prefix. */
export function attributeOf(
  attributes: Readonly<Record<string, unknown>>,
  local: string,
): string | undefined {
  for (const [name, value] of Object.entries(attributes)) if (localName(name) === local) return String(value);
  return undefined;
}
