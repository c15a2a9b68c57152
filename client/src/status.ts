import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages, Uri, window } from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { type ProjectStatus, type StatusParams, statusNotification } from "../../server/src/lsp/protocol.ts";
import { documents } from "./languages.ts";

/** The language status item: which pooler the active document talks to. A project without database code has none. */
export class ProfileStatus implements Disposable {
  readonly #subscriptions: Disposable[];
  #projects: readonly ProjectStatus[] = [];
  #isDown = false;
  #item: LanguageStatusItem | undefined;

  constructor(client: LanguageClient) {
    this.#subscriptions = [
      client.onNotification(statusNotification, ({ projects }: StatusParams) => {
        this.#projects = projects;
        this.#show();
      }),
      client.onDidChangeState(({ newState }) => {
        this.#isDown = newState === State.Stopped;
        if (this.#isDown) this.#projects = [];
        this.#show();
      }),
      window.onDidChangeActiveTextEditor(() => this.#show()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item?.dispose();
  }

  #show(): void {
    const project = this.#isDown ? undefined : projectAt(window.activeTextEditor?.document.uri, this.#projects);
    if (!this.#isDown && (!project || project.state === "idle")) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= createItem();
    const item = this.#item;
    item.busy = project?.state === "scanning";
    item.severity =
      project && project.state !== "failed" ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
    item.text = textOf(project);
    item.detail = detailOf(project);
    item.command =
      project?.state === "ready"
        ? { title: "Show Profile", command: "bouncer-safe.showProfile" }
        : { title: "Show Log", command: "bouncer-safe.showOutput" };
  }
}

function createItem(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem("bouncer-safe.profile", documents as never);
  item.name = "bouncer-safe";
  return item;
}

function textOf(project: ProjectStatus | undefined): string {
  if (!project) return "bouncer-safe: the server is not running";
  if (project.state === "failed") return "bouncer-safe: the analysis failed";
  return project.label ?? "Reading the workspace";
}

function detailOf(project: ProjectStatus | undefined): string {
  if (!project || project.state === "failed") return "The log names the cause.";
  return project.detail ?? "";
}

/** The project of the innermost folder that holds the document; the first one where there is no document. */
function projectAt(uri: Uri | undefined, projects: readonly ProjectStatus[]): ProjectStatus | undefined {
  if (uri?.scheme !== "file") return projects[0];
  let found: { readonly project: ProjectStatus; readonly length: number } | undefined;
  for (const project of projects) {
    for (const folder of project.folders) {
      const { path } = Uri.parse(folder);
      if (uri.path.startsWith(`${path.replace(/\/$/, "")}/`) && path.length > (found?.length ?? -1))
        found = { project, length: path.length };
    }
  }
  return found?.project;
}
