import { commands, type Disposable, EventEmitter, Uri, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ShowProfileParams, type ShowProfileResult, showProfileRequest } from "../../server/src/lsp/protocol.ts";

const scheme = "bouncer-safe-profile";
const page = Uri.from({ scheme, path: "/Pooler profile.md" });

/** The pooler profile as a page of Markdown, made by the server. */
export class ProfilePage implements Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration: Disposable;
  #markdown = "";

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#markdown,
    });
  }

  /** Opens the page beside the code, for the active document's project where there is one. */
  async show(): Promise<void> {
    const uri = window.activeTextEditor?.document.uri;
    const params: ShowProfileParams = uri?.scheme === "file" ? { uri: uri.toString() } : {};
    const { markdown } = await this.#client.sendRequest<ShowProfileResult>(showProfileRequest, params);
    this.#markdown = markdown;
    this.#changed.fire(page);
    await commands.executeCommand("markdown.showPreviewToSide", page);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
