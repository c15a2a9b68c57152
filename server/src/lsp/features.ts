import type { ClientCapabilities } from "vscode-languageserver";

/** What the client can do, read once from `initialize`. */
export interface ClientFeatures {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly documentChanges: boolean;
  readonly codeActionLiterals: boolean;
  readonly preferredActions: boolean;
  readonly configuration: boolean;
  readonly watchesConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly watchesFiles: boolean;
  readonly progress: boolean;
  readonly showsDocuments: boolean;
  readonly hoverFormat: "markdown" | "plaintext";
  readonly completionFormat: "markdown" | "plaintext";
  readonly snippets: boolean;
  /** Completion, outline, folding and formatting can be offered for some documents alone. */
  readonly registersFeatures: boolean;
}

export function readFeatures({ textDocument, workspace, window }: ClientCapabilities): ClientFeatures {
  const formats = textDocument?.hover?.contentFormat;
  const completion = textDocument?.completion?.completionItem;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    relatedInformation: relatedInformation(textDocument),
    codeDescription: codeDescription(textDocument),
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    preferredActions: textDocument?.codeAction?.isPreferredSupport ?? false,
    configuration: workspace?.configuration ?? false,
    watchesConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    progress: window?.workDoneProgress ?? false,
    showsDocuments: window?.showDocument?.support ?? false,
    completionFormat: completion?.documentationFormat?.includes("markdown") ? "markdown" : "plaintext",
    snippets: completion?.snippetSupport ?? false,
    registersFeatures: registersFeatures(textDocument),
    hoverFormat: formats && !formats.includes("markdown") ? "plaintext" : "markdown",
  };
}

function registersFeatures(textDocument: ClientCapabilities["textDocument"]): boolean {
  const { completion, documentSymbol, foldingRange, formatting, rangeFormatting } = textDocument ?? {};
  return [completion, documentSymbol, foldingRange, formatting, rangeFormatting].every(
    (feature) => feature?.dynamicRegistration ?? false,
  );
}

/** Clients of protocol 3.16 and 3.17 declare it with `publishDiagnostics`; newer ones with `diagnostic` as well. */
function relatedInformation(textDocument: ClientCapabilities["textDocument"]): boolean {
  return textDocument?.diagnostic?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation ?? false;
}

function codeDescription(textDocument: ClientCapabilities["textDocument"]): boolean {
  return (
    textDocument?.diagnostic?.codeDescriptionSupport ??
    textDocument?.publishDiagnostics?.codeDescriptionSupport ??
    false
  );
}
