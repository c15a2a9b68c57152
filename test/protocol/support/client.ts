import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type * as lsp from "vscode-languageserver";

/** Bundles a server entry beside this file, or any other, into a folder of its own and returns the bundle's path. */
export async function bundleServer(entry: string): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "bouncer-safe-server-")), "server.cjs");
  // `module` first: jsonc-parser's other build does not bundle.
  const options = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "error" } as const;
  await build({ ...options, mainFields: ["module", "main"], entryPoints: [entry], outfile });
  return outfile;
}

/** A folder on disk with these files. */
export class Folder {
  readonly path: string;
  readonly uri: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), "bouncer-safe-protocol-")));
    this.uri = pathToFileURL(this.path).href;
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  remove(name = ""): void {
    rmSync(join(this.path, name), { recursive: true, force: true });
  }

  uriOf(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }
}

/** What the client says that it can do; each test takes away or adds what it is about. */
export const fullCapabilities: lsp.ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: true },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true },
    hover: { contentFormat: ["markdown"] },
    completion: {
      dynamicRegistration: true,
      completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
    },
    documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
    foldingRange: { dynamicRegistration: true },
    formatting: { dynamicRegistration: true },
    rangeFormatting: { dynamicRegistration: true },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
};

export interface ClientOptions {
  readonly server: string;
  /** The command line; `--stdio` alone unless told otherwise. */
  readonly arguments?: readonly string[];
  /** Variables of the server's process, beside those of this one. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folders?: readonly Folder[];
  readonly capabilities?: lsp.ClientCapabilities;
  /** The section `bouncerSafe` by folder URI; "" is the one without a scope. Tests change it and then call `changeSettings`. */
  readonly settings?: Record<string, unknown>;
  readonly initializationOptions?: unknown;
  /** Requests of the server that the client answers with an error. */
  readonly refuses?: readonly string[];
}

interface Received {
  readonly method: string;
  readonly params: unknown;
}

/** A small LSP client over stdio that remembers what the server says. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly settings: Record<string, unknown>;
  readonly received: Received[] = [];
  readonly exit: Promise<number | null>;
  initializeResult!: lsp.InitializeResult;
  readonly #waiting: { readonly test: (message: Received) => boolean; readonly resolve: (params: unknown) => void }[] =
    [];
  readonly #versions = new Map<string, number>();
  readonly #options: ClientOptions;

  private constructor(options: ClientOptions) {
    this.#options = options;
    this.settings = options.settings ?? {};
    this.process = spawn(process.execPath, [options.server, ...(options.arguments ?? ["--stdio"])], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...options.environment },
    });
    this.exit = new Promise((resolve) => this.process.on("exit", resolve));
    // What waits for an answer fails at once.
    this.exit.then(() => this.connection.dispose());
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification((method, params) => this.#receive({ method, params }));
    // jsonrpc keeps this notification to itself.
    this.connection.onUnhandledProgress((params) => this.#receive({ method: "$/progress", params }));
    this.connection.onRequest((method, params) => {
      this.#receive({ method, params });
      return options.refuses?.includes(method) ? new ResponseError(-32803, "refused") : this.#answer(method, params);
    });
    this.connection.listen();
  }

  /** Starts the server, initializes it and opens its folders. */
  static async start(options: ClientOptions): Promise<Client> {
    const client = new Client(options);
    const folders = options.folders?.map(({ uri, path }) => ({ uri, name: path }));
    client.initializeResult = await client.request("initialize", {
      processId: process.pid,
      rootUri: folders?.[0]?.uri ?? null,
      workspaceFolders: folders ?? null,
      capabilities: options.capabilities ?? fullCapabilities,
      initializationOptions: options.initializationOptions,
    });
    await client.notify("initialized", {});
    return client;
  }

  request<R>(method: string, ...params: readonly unknown[]): Promise<R> {
    return this.connection.sendRequest<R>(method, ...params);
  }

  notify(method: string, ...params: readonly unknown[]): Promise<void> {
    return this.connection.sendNotification(method, ...params);
  }

  /** The next message of the method that passes the test, or one that came already and was not taken. */
  async next<P = unknown>(method: string, test: (params: P) => boolean = () => true): Promise<P> {
    const wanted = (message: Received) => message.method === method && test(message.params as P);
    const index = this.received.findIndex(wanted);
    if (index >= 0) return this.received.splice(index, 1)[0]!.params as P;
    return new Promise<P>((resolve) => this.#waiting.push({ test: wanted, resolve: (params) => resolve(params as P) }));
  }

  /** Forgets the messages of a method that came already. */
  forget(method: string): void {
    for (let at = this.received.length - 1; at >= 0; at--)
      if (this.received[at]!.method === method) this.received.splice(at, 1);
  }

  /** The messages of the log, of one type (1: errors) where it is given. */
  logged(type?: number): string[] {
    return this.received.flatMap(({ method, params }) => {
      if (method !== "window/logMessage") return [];
      const message = params as lsp.LogMessageParams;
      return type === undefined || message.type === type ? [message.message] : [];
    });
  }

  open(uri: string, text: string, languageId = "typescript"): Promise<void> {
    this.#versions.set(uri, 1);
    return this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  change(uri: string, ...contentChanges: readonly lsp.TextDocumentContentChangeEvent[]): Promise<void> {
    const version = this.#versions.get(uri)! + 1;
    this.#versions.set(uri, version);
    return this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): Promise<void> {
    return this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string): Promise<lsp.DocumentDiagnosticReport> {
    return this.request("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId && { previousResultId }),
    });
  }

  pullWorkspace(previousResultIds: readonly lsp.PreviousResultId[] = []): Promise<lsp.WorkspaceDiagnosticReport> {
    return this.request("workspace/diagnostic", { previousResultIds });
  }

  /** Messages of the diagnostics of a document. */
  async messages(uri: string): Promise<string[]> {
    const report = await this.pull(uri);
    return report.kind === "full" ? report.items.map(({ message }) => String(message)) : [];
  }

  actions(uri: string, range: lsp.Range, context: Partial<lsp.CodeActionContext> = {}): Promise<lsp.CodeAction[]> {
    return this.request("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...context },
    });
  }

  changeSettings(settings: Record<string, unknown>): Promise<void> {
    Object.assign(this.settings, settings);
    return this.notify("workspace/didChangeConfiguration", { settings: null });
  }

  watched(...changes: readonly lsp.FileEvent[]): Promise<void> {
    return this.notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** Ends the server in the way of the protocol and returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    await this.request("shutdown");
    await this.notify("exit");
    return this.exit;
  }

  #receive(message: Received): void {
    const index = this.#waiting.findIndex(({ test }) => test(message));
    if (index >= 0) this.#waiting.splice(index, 1)[0]!.resolve(message.params);
    else this.received.push(message);
  }

  #answer(method: string, params: unknown): unknown {
    if (method === "workspace/configuration") {
      const { items } = params as lsp.ConfigurationParams;
      return items.map(({ scopeUri = "" }) => this.settings[scopeUri] ?? this.settings[""] ?? null);
    }
    if (method === "window/showDocument") return { success: true };
    if (method === "workspace/workspaceFolders")
      return this.#options.folders?.map(({ uri, path }) => ({ uri, name: path })) ?? null;
    return null;
  }
}

/** The text after the edits, applied as an editor does: by line and UTF-16 column, from the end. */
export function applyTextEdits(text: string, edits: readonly lsp.TextEdit[]): string {
  const offset = ({ line, character }: lsp.Position) => {
    const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
    return starts[line]! + character;
  };
  return [...edits]
    .map((edit, index) => ({ start: offset(edit.range.start), end: offset(edit.range.end), edit, index }))
    .sort((a, b) => b.start - a.start || b.index - a.index)
    .reduce((result, { start, end, edit }) => result.slice(0, start) + edit.newText + result.slice(end), text);
}
