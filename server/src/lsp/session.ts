import { setImmediate as turn } from "node:timers/promises";
import type { CancellationToken, Connection, InitializeParams, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { fromUri, toUri } from "./convert.ts";
import type { Engine, OpenWorkspace } from "./engine.ts";
import { Faults } from "./faults.ts";
import { type ClientFeatures, readFeatures } from "./features.ts";
import { groupFolders, innermost, isSameGroup } from "./folders.ts";
import { scanWithProgress } from "./progress.ts";
import { type Outcome, Project } from "./project.ts";
import { settingsSection } from "./protocol.ts";
import { checkpoint, unlessCancelled } from "./requests.ts";
import { type FolderSettings, readSettings } from "./settings.ts";
import { decidesWhatIsRead, mayMatter } from "./watched-names.ts";

/** Ms between two times that what is known of the files is left to the next start: who types changes it all the time. */
const keeping = 300_000;

/** One client's connection: its documents, its folders and the projects that these make. */
export class Session {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly features: ClientFeatures;
  readonly faults: Faults;
  /** Settles when the projects stand for the folders and settings as the client last told them. Never rejects. */
  ready: Promise<void> = Promise.resolve();
  readonly #roots = new Set<string>();
  readonly #uris = new Map<string, string>();
  readonly #listeners: {
    readonly changed: ((project: Project) => void)[];
    readonly settled: ((project: Project) => void)[];
  } = {
    changed: [],
    settled: [],
  };
  /** undefined until the settings are asked for the first time: nothing is opened before. */
  #openWorkspace: OpenWorkspace | undefined;
  /** undefined until the settings are known for the first time. */
  #folders: ReadonlyMap<string, FolderSettings> | undefined;
  #projects: readonly Project[] = [];
  /** For documents outside of every folder, by the folder they are in, of which nothing but the open documents is read. */
  readonly #loose = new Map<string, Project>();
  #looseSettings: FolderSettings;
  /** The section of the settings that the client pushed; used where it cannot be asked. */
  #pushedSettings: unknown;
  /** When what is known of the files was last left to the next start, in ms since 1970. */
  #kept = 0;

  constructor(
    connection: Connection,
    documents: TextDocuments<TextDocument>,
    engine: Engine,
    params: InitializeParams,
  ) {
    this.connection = connection;
    this.documents = documents;
    this.engine = engine;
    this.features = readFeatures(params.capabilities);
    this.faults = new Faults(connection.console);
    this.#pushedSettings = params.initializationOptions;
    this.#looseSettings = readSettings(this.#pushedSettings);
    for (const root of rootsOf(params)) this.#roots.add(root);
  }

  /** Told when the findings of a project may be others than before, for a reason other than an edit in the editor. */
  onChanged(listener: (project: Project) => void): void {
    this.#listeners.changed.push(listener);
  }

  /** Told when a project has a new outcome, or its scan begins or ends. */
  onSettled(listener: (project: Project) => void): void {
    this.#listeners.settled.push(listener);
  }

  get projects(): readonly Project[] {
    return [...this.#projects, ...this.#loose.values()];
  }

  /** The project that a file belongs to; undefined where its folder is switched off, and before the settings are known. */
  projectOf(path: string): Project | undefined {
    if (!this.#folders) return undefined;
    const root = innermost(this.#folders.keys(), path);
    if (root !== undefined) return this.#projects.find(({ roots }) => roots.includes(root));
    return this.#loose.get(folderOf(path));
  }

  /** The project of a document; undefined where the document is no file, too. */
  projectAt(uri: string): Project | undefined {
    const path = fromUri(uri);
    return path === undefined ? undefined : this.projectOf(path);
  }

  /** The URI under which the editor knows a path. */
  readonly uriOf = (path: string): string => this.#uris.get(path) ?? toUri(path);

  /** The open document of a path. */
  documentOf(path: string): TextDocument | undefined {
    const uri = this.#uris.get(path);
    return uri === undefined ? undefined : this.documents.get(uri);
  }

  /** Paths of the open documents. */
  get openPaths(): Iterable<string> {
    return this.#uris.keys();
  }

  /** What is known of a project now. Lets a cancellation that waits in the queue in first. */
  async outcome(project: Project, token: CancellationToken): Promise<Outcome> {
    await checkpoint(token);
    return unlessCancelled(project.outcome(), token);
  }

  /** A document was opened or edited. */
  textChanged(document: TextDocument): void {
    const path = fromUri(document.uri);
    if (path === undefined) return;
    this.#uris.set(path, document.uri);
    const project = this.projectOf(path) ?? this.#openLoose(path);
    if (!project) return;
    project.texts.setText(path, document.getText());
  }

  /** A document was closed: what the disk says counts again. */
  async textDropped(document: TextDocument): Promise<void> {
    const path = fromUri(document.uri);
    if (path === undefined) return;
    this.#uris.delete(path);
    const project = this.projectOf(path);
    if (!project) return;
    const before = project.texts.snapshot().version;
    await project.texts.dropText(path);
    if (project.texts.snapshot().version !== before) this.#tell(this.#listeners.changed, project);
  }

  /** Files were created, changed or deleted on disk. */
  async filesChanged(paths: readonly string[]): Promise<void> {
    await this.ready;
    for (const project of this.#projects) {
      const snapshot = project.texts.snapshot();
      const own = paths.filter((path) => project.owns(path));
      if (own.some(decidesWhatIsRead)) {
        this.#scan(project);
        continue;
      }
      // What an open document says counts, not the file that it was saved to.
      const read = own.filter(
        (path) => !(this.#uris.has(path) && snapshot.sources.has(path)) && mayMatter(path, snapshot),
      );
      // Another branch is thousands of files: typing goes on between them.
      for (let at = 0; at < read.length; at += 100) {
        await project.texts.changed(read.slice(at, at + 100));
        await turn();
      }
      if (project.texts.snapshot().version !== snapshot.version) this.#tell(this.#listeners.changed, project);
    }
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): void {
    for (const root of removed) this.#roots.delete(root);
    for (const root of added) this.#roots.add(root);
    this.reconfigure();
  }

  /** The client pushed settings (`workspace/didChangeConfiguration`), or, without any, says that they changed. */
  settingsChanged(section: unknown): void {
    if (section !== undefined) this.#pushedSettings = section;
    this.reconfigure();
  }

  /** Asks for the settings of each folder and opens, keeps or closes projects to fit. */
  reconfigure(): void {
    this.ready = this.ready
      .then(() => this.#reconfigure())
      .catch((error) => this.faults.tell("Reading the settings", error));
  }

  /** Reads every folder anew. */
  rescan(): void {
    for (const project of this.#projects) this.#scan(project);
  }

  /** Nothing happens just now: what can wait is done. */
  async rest(): Promise<void> {
    for (const project of this.projects) await project.prepare();
    if (Date.now() - this.#kept < keeping) return;
    this.#kept = Date.now();
    await this.#keep();
  }

  async close(): Promise<void> {
    await this.#keep();
    for (const project of this.projects) project.close();
  }

  async #keep(): Promise<void> {
    for (const project of this.#projects) await project.keep();
  }

  async #reconfigure(): Promise<void> {
    const roots = [...this.#roots];
    const reading = this.#readSettings([undefined, ...roots]);
    if (!this.#openWorkspace) {
      // The question is on its way first: while the client answers, the code is loaded.
      await turn();
      this.#openWorkspace = await this.engine.loadWorkspace();
    }
    const [loose, ...settings] = await reading;
    const folders = new Map(roots.map((root, index) => [root, settings[index]!]));
    const isSame =
      JSON.stringify([...folders, loose]) === JSON.stringify([...(this.#folders ?? []), this.#looseSettings]);
    if (this.#folders && isSame) return;

    const groups = groupFolders(folders);
    const kept = this.#projects.filter((project) => groups.some((group) => isSameGroup(group, project)));
    const closed = this.projects.filter((project) => !kept.includes(project));
    const added = groups
      .filter((group) => !kept.some((project) => isSameGroup(group, project)))
      .map((group) => this.#open(group.roots, group.settings));
    this.#folders = folders;
    this.#looseSettings = loose!;
    this.#projects = [...kept, ...added];
    this.#loose.clear();

    for (const project of closed) project.close();
    for (const document of this.documents.all()) this.textChanged(document);
    for (const project of added) this.#scan(project);
    for (const project of closed) {
      this.#tell(this.#listeners.changed, project);
      this.#tell(this.#listeners.settled, project);
    }
  }

  async #readSettings(roots: readonly (string | undefined)[]): Promise<FolderSettings[]> {
    const pushed = () => roots.map(() => readSettings(this.#pushedSettings));
    if (!this.features.configuration) return pushed();
    const items = roots.map((root) => ({
      section: settingsSection,
      ...(root !== undefined && { scopeUri: toUri(root) }),
    }));
    try {
      const sections: unknown[] = await this.connection.workspace.getConfiguration(items);
      return roots.map((_, index) => readSettings(sections[index]));
    } catch (error) {
      this.faults.tell("workspace/configuration", error);
      return pushed();
    }
  }

  /** A project for a document outside of every folder. */
  #openLoose(path: string): Project | undefined {
    const isInFolder = innermost(this.#folders?.keys() ?? [], path) !== undefined;
    if (!this.#folders || isInFolder || !this.#looseSettings.enable) return undefined;
    const project = this.#open([folderOf(path)], this.#looseSettings.settings);
    this.#loose.set(folderOf(path), project);
    return project;
  }

  #open(roots: readonly string[], settings: Project["settings"]): Project {
    const texts = this.#openWorkspace!(roots, settings);
    const project: Project = new Project(this.engine, texts, roots, settings, (outcome) => {
      this.faults.tellOf(outcome);
      this.#tell(this.#listeners.settled, project);
    });
    return project;
  }

  #scan(project: Project): void {
    const reading = scanWithProgress(project, this)
      .catch((error) => this.faults.tell("Reading the workspace", error))
      .then(() => {
        if (!this.#projects.includes(project)) return;
        this.faults.tellProblems(project.texts.problems);
        const { seen, sources } = project.texts.snapshot();
        this.connection.console.info(
          `Read ${project.roots.join(", ")}: ${seen} sources, ${sources.size} of them with database code.`,
        );
        this.#tell(this.#listeners.changed, project);
        this.#tell(this.#listeners.settled, project);
        // So that the client learns of the profile though no document is open.
        return project.outcome();
      });
    this.#tell(this.#listeners.settled, project);
    this.faults.watch("The analysis", reading);
  }

  #tell(listeners: readonly ((project: Project) => void)[], project: Project): void {
    for (const listener of listeners) listener(project);
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

function rootsOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => folderPath(uri) ?? []);
}

/** The path of a folder, without a final slash. */
export function folderPath(uri: string): string | undefined {
  const path = fromUri(uri);
  return path === undefined || path.length === 1 ? path : path.replace(/\/$/, "");
}
