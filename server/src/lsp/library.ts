/**
 * What the server takes of the protocol's library while it runs. In a bundle each module that imports a CommonJS library copies the names of all
 * that it has, some four hundred, before `initialize` is answered: so one module does.
 */
export {
  CancellationToken,
  CodeActionKind,
  CodeActionTriggerKind,
  CompletionItemKind,
  CompletionItemTag,
  CompletionRequest,
  createConnection,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeKind,
  FoldingRangeRequest,
  InsertTextFormat,
  LSPErrorCodes,
  MarkupKind,
  PositionEncodingKind,
  ProposedFeatures,
  ResponseError,
  SymbolKind,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
} from "vscode-languageserver/node";
