import type {
  CancellationToken,
  CompletionItem,
  ServerCapabilities,
  TextDocumentIdentifier,
  TextEdit,
} from "vscode-languageserver";
import { fromUri } from "./convert.ts";
import type { ClientFeatures } from "./features.ts";
import { completeIni } from "./ini-completion.ts";
import { type IniDocument, iniDocument, iniSelector } from "./ini-documents.ts";
import { formatIni } from "./ini-format.ts";
import { iniFolds, iniSymbols } from "./ini-outline.ts";
import { readerOf } from "./ini-pools.ts";
import {
  CompletionRequest,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  MarkupKind,
} from "./library.ts";
import { plain } from "./profile-text.ts";
import { checkpoint, guarded } from "./requests.ts";
import type { Session } from "./session.ts";

const completionOptions = { triggerCharacters: ["[", "=", " ", ","] };

/**
 * For clients that cannot be told later, and for documents of every kind: elsewhere the answers are empty. Others hear of it through
 * `registerIni`, for the documents that it is about; a second formatter for TypeScript would be a nuisance.
 */
export const iniCapabilities = ({ registersFeatures }: ClientFeatures): ServerCapabilities =>
  registersFeatures
    ? {}
    : {
        completionProvider: completionOptions,
        documentSymbolProvider: true,
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        foldingRangeProvider: true,
      };

/** Completion, outline, folding and formatting of pgbouncer.ini. */
export function answerIni(session: Session): void {
  const { connection, faults, features } = session;

  const answer = <P extends { readonly textDocument: TextDocumentIdentifier }, R>(
    name: string,
    empty: () => R,
    work: (ini: IniDocument, params: P) => R,
  ) =>
    guarded(name, faults, empty, async (params: P, token: CancellationToken): Promise<R> => {
      await checkpoint(token);
      const ini = iniDocument(session, params.textDocument.uri);
      return ini ? work(ini, params) : empty();
    });

  connection.onCompletion(
    answer(
      "textDocument/completion",
      (): CompletionItem[] => [],
      (ini, { textDocument, position }) => {
        const path = fromUri(textDocument.uri);
        const project = path === undefined ? undefined : session.projectOf(path);
        return completeIni(ini, ini.lines.fromPosition(position), {
          // What was found last: a list that waits for the analysis comes too late.
          ...readerOf(path ?? "", project?.last),
          snippets: features.snippets,
          documentation: (markdown) =>
            features.completionFormat === "markdown"
              ? { kind: MarkupKind.Markdown, value: markdown }
              : { kind: MarkupKind.PlainText, value: plain(markdown) },
        });
      },
    ),
  );
  connection.onDocumentSymbol(answer("textDocument/documentSymbol", () => [], iniSymbols));
  connection.onFoldingRanges(answer("textDocument/foldingRange", () => [], iniFolds));
  connection.onDocumentFormatting(answer("textDocument/formatting", () => [], format));
  connection.onDocumentRangeFormatting(
    answer(
      "textDocument/rangeFormatting",
      () => [],
      (ini, { range }) =>
        format(ini).filter(({ range: { start, end } }) => start.line >= range.start.line && end.line <= range.end.line),
    ),
  );
}

/** Tells the client, once it is initialized, for which documents it may ask. */
export function registerIni({ connection, features, faults }: Session): void {
  if (!features.registersFeatures) return;
  const documentSelector = iniSelector;
  const registered = Promise.all([
    connection.client.register(CompletionRequest.type, { documentSelector, ...completionOptions }),
    connection.client.register(DocumentSymbolRequest.type, { documentSelector }),
    connection.client.register(FoldingRangeRequest.type, { documentSelector }),
    connection.client.register(DocumentFormattingRequest.type, { documentSelector }),
    connection.client.register(DocumentRangeFormattingRequest.type, { documentSelector }),
  ]);
  faults.watch("Registering for pgbouncer.ini", registered);
}

const format = ({ text, file, lines }: IniDocument): TextEdit[] =>
  formatIni(text, file).map(({ span, newText }) => ({ range: lines.toRange(span), newText }));
