import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DocumentDiagnosticReport } from "vscode-languageserver";
import { environment } from "../../client/src/runtime.ts";
import { Client, type ClientOptions } from "../protocol/support/client.ts";
import type { Setting } from "./setting.ts";

/** A folder on disk as the protocol's client wants it. */
const folderAt = (path: string): NonNullable<ClientOptions["folders"]>[number] =>
  ({ path, uri: pathToFileURL(path).href }) as NonNullable<ClientOptions["folders"]>[number];

/** The server in a process like the one that the extension starts. */
export const startServer = ({ dist }: Setting, tree: string): Promise<Client> =>
  Client.start({ server: join(dist, "server.js"), folders: [folderAt(tree)], environment });

/** A document that is edited in the way of somebody typing: one more letter at one place. */
export class Typing {
  readonly #uri: string;
  #text: string;

  constructor(
    private readonly client: Client,
    private readonly path: string,
    text?: string,
  ) {
    this.#uri = pathToFileURL(path).href;
    if (text !== undefined) writeFileSync(path, text);
    this.#text = readFileSync(path, "utf8");
  }

  /** Opens it and waits for its diagnostics. */
  async open(): Promise<DocumentDiagnosticReport> {
    await this.client.open(this.#uri, this.#text, this.path.endsWith(".py") ? "python" : "typescript");
    return this.client.pull(this.#uri);
  }

  /** The same for a document with a fault: waits until it is told, since the server answers before it has seen the whole workspace. */
  async openFaulty(): Promise<void> {
    let report = await this.open();
    for (const end = performance.now() + 30_000; report.kind !== "full" || report.items.length === 0; ) {
      if (performance.now() > end) throw new Error(`${this.path}: no finding`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      report = await this.client.pull(this.#uri);
    }
  }

  /** Milliseconds from sending one letter, at the offset, to the diagnostics that answer it. */
  async press(letter: string, offset: number): Promise<number> {
    const before = this.#text.slice(0, offset);
    const line = before.split("\n").length - 1;
    const character = offset - (before.lastIndexOf("\n") + 1);
    this.#text = before + letter + this.#text.slice(offset);
    const start = performance.now();
    await this.client.change(this.#uri, {
      range: { start: { line, character }, end: { line, character } },
      text: letter,
    });
    await this.client.pull(this.#uri);
    return performance.now() - start;
  }

  /** Milliseconds from sending another text for the whole document to its diagnostics. */
  async replace(text: string): Promise<number> {
    this.#text = text;
    const start = performance.now();
    await this.client.change(this.#uri, { text });
    await this.client.pull(this.#uri);
    return performance.now() - start;
  }
}
