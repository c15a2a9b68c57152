import { Lines } from "../../../server/src/lsp/convert.ts";
import type { IniDocument } from "../../../server/src/lsp/ini-documents.ts";
import { readIni } from "../../../server/src/pgbouncer/ini.ts";

export const iniOf = (text: string): IniDocument => ({ text, lines: new Lines(text), file: readIni(text) });

/** A text with `▮` where the cursor is. */
export function withCursor(marked: string): { readonly ini: IniDocument; readonly offset: number } {
  const offset = marked.indexOf("▮");
  if (offset < 0) throw new Error(`no ▮ in ${marked}`);
  return { ini: iniOf(marked.replace("▮", "")), offset };
}
