// What another Python language server does, as far as it can get in the way: unused imports, hovers, completions, sorted imports.
import {
  CodeActionKind,
  createConnection,
  DiagnosticSeverity,
  ProposedFeatures,
  Range,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    completionProvider: { triggerCharacters: ["."] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceOrganizeImports] },
  },
}));

const lineOf = (document: TextDocument, line: number): string => document.getText(Range.create(line, 0, line + 1, 0));

/** The lines of imports, each with the one name that it imports last. */
function imports(document: TextDocument): readonly { readonly line: number; readonly name: string }[] {
  return Array.from({ length: document.lineCount }, (_, line) => line).flatMap((line) => {
    const name = /^(?:from \S+ )?import .*?(\w+)\s*$/.exec(lineOf(document, line))?.[1];
    return name === undefined ? [] : [{ line, name }];
  });
}

const unused = (document: TextDocument) =>
  imports(document).filter(({ name }) => [...document.getText().matchAll(new RegExp(`\\b${name}\\b`, "g"))].length < 2);

documents.onDidChangeContent(({ document }) => {
  const diagnostics = unused(document).map(({ line, name }) => ({
    range: Range.create(line, 0, line, lineOf(document, line).trimEnd().length),
    message: `"${name}" is not accessed`,
    severity: DiagnosticSeverity.Warning,
    source: "neighbour",
  }));
  void connection.sendDiagnostics({ uri: document.uri, diagnostics });
});

connection.onHover(({ textDocument, position }) => {
  const document = documents.get(textDocument.uri)!;
  const line = lineOf(document, position.line);
  const word = [...line.matchAll(/\w+/g)].find(
    ({ index, 0: text }) => index <= position.character && position.character <= index + text.length,
  );
  return word ? { contents: { kind: "markdown", value: `(neighbour) \`${word[0]}\`` } } : null;
});

connection.onCompletion(() => [{ label: "bs_neighbour" }]);

connection.onCodeAction(({ textDocument: { uri }, context }) => {
  const document = documents.get(uri)!;
  const wants = (kind: string) => context.only === undefined || context.only.some((only) => kind.startsWith(only));
  const removals = unused(document).map(({ line, name }) => ({
    title: `Remove the import of ${name}`,
    kind: CodeActionKind.QuickFix,
    edit: { changes: { [uri]: [{ range: Range.create(line, 0, line + 1, 0), newText: "" }] } },
  }));
  const lines = imports(document).map(({ line }) => line);
  const written = lines.map((line) => lineOf(document, line));
  const sorted = [...written].sort();
  const edits = lines.map((line, index) => ({ range: Range.create(line, 0, line + 1, 0), newText: sorted[index]! }));
  const organize = {
    title: "Organize Imports",
    kind: CodeActionKind.SourceOrganizeImports,
    edit: { changes: { [uri]: edits } },
  };
  return [
    ...(wants(CodeActionKind.QuickFix) ? removals : []),
    ...(wants(CodeActionKind.SourceOrganizeImports) && sorted.join() !== written.join() ? [organize] : []),
  ];
});

documents.listen(connection);
connection.listen();
