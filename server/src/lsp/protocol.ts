import type { Location, WorkspaceEdit } from "vscode-languageserver";
import type { PoolerChoice } from "../config/write.ts";

/** What the server and its VS Code client say to each other beyond the protocol. Types and names only: both sides import it. */

/** The section of the editor's settings. */
export const settingsSection = "bouncerSafe";

/** Notification to the client, whenever it changes. */
export const statusNotification = "bouncerSafe/status";

/** Request to the server: the profile of one document, or of everything, as Markdown. */
export const showProfileRequest = "bouncerSafe/showProfile";

/** Request to the server: the edit that writes a choice of pooler into the project's `bouncer-safe.json`. */
export const choosePoolerRequest = "bouncerSafe/choosePooler";

/** `workspace/executeCommand`: opens a rule's page. Its argument is the rule's name. */
export const openRuleCommand = "bouncer-safe.server.openRule";

/** `workspace/executeCommand`: reads the workspace folders anew. */
export const rescanCommand = "bouncer-safe.server.rescan";

/** The kind of the action that applies every safe fix of a file. */
export const fixAllKind = "source.fixAll.bouncerSafe";

export interface StatusParams {
  readonly projects: readonly ProjectStatus[];
}

/** Workspace folders that are analysed together. */
export interface ProjectStatus {
  /** URIs of the folders. Empty for documents outside of every folder. */
  readonly folders: readonly string[];
  /** `idle`: no database code. `failed`: the analysis crashed; the log names the place. */
  readonly state: "scanning" | "idle" | "ready" | "failed";
  /** `PgBouncer 1.24, transaction mode`. */
  readonly label?: string;
  /** Where that is known from: `pgbouncer.ini:14 pool_mode=transaction`. */
  readonly detail?: string;
  readonly place?: Location;
  readonly pools: number;
  readonly findings: number;
}

export interface ShowProfileParams {
  /** A document's; without it, every project's. */
  readonly uri?: string;
}

export interface ShowProfileResult {
  readonly markdown: string;
  /** The line that decides the mode. */
  readonly place?: Location;
}

export interface ChoosePoolerParams {
  /** A document of the project; without it, the first one. */
  readonly uri?: string;
  readonly pooler: PoolerChoice;
}

export interface ChoosePoolerResult {
  /** The `bouncer-safe.json`. */
  readonly uri?: string;
  readonly edit?: WorkspaceEdit;
  /** Why there is no edit: a sentence. */
  readonly fault?: string;
}
