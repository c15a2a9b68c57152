import type { DocumentSelector } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Version } from "../core/version.ts";
import { type IniFile, readIni } from "../pgbouncer/ini.ts";
import { Lines } from "./convert.ts";
import type { Session } from "./session.ts";

/** The language under which VS Code knows a configuration of PgBouncer. */
const iniLanguage = "pgbouncer-ini";

/** Documents with completion, symbols and formatting. Other editors have one language for every ini file: there the name decides. */
export const iniSelector: DocumentSelector = [
  { scheme: "file", language: iniLanguage },
  { scheme: "file", pattern: "**/*pgbouncer*.ini" },
  { scheme: "file", pattern: "**/pgbouncer/*.ini" },
];

/** An open document of PgBouncer's, as it is at this moment: what is typed in it does not wait for the analysis of the workspace. */
export interface IniDocument {
  readonly text: string;
  readonly lines: Lines;
  readonly file: IniFile;
}

/** What reads the file. */
export interface IniReader {
  /** The version of PgBouncer, where it is known. */
  readonly version: Version | undefined;
  /** The section that is open before the file's first header. */
  readonly opened: string | undefined;
}

/** undefined for documents that are not open, that are no configuration of PgBouncer or that are no text. */
export function iniDocument(session: Session, uri: string): IniDocument | undefined {
  const document = session.documents.get(uri);
  if (!document || !isIni(document)) return undefined;
  const known = read.get(document);
  if (known?.version === document.version) return known.ini;
  const text = document.getText();
  // A client may hand over the byte order mark of a file; PgBouncer would not read its first line.
  const readable = text.replace(/^\uFEFF/, " ");
  // A text with a NUL is none: PgBouncer would stop at it.
  const ini = text.includes("\0") ? undefined : { text, lines: new Lines(text), file: readIni(readable) };
  read.set(document, { version: document.version, ini });
  return ini;
}

/** A document is the same object for as long as it is open; its version tells its texts apart. */
const read = new WeakMap<TextDocument, { readonly version: number; readonly ini: IniDocument | undefined }>();

const isIni = ({ languageId, uri }: TextDocument): boolean =>
  languageId === iniLanguage || /pgbouncer[^/]*\.ini$|\/pgbouncer\/[^/]*\.ini$/.test(uri);
