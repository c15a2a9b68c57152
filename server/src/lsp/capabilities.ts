import type { InitializeResult } from "vscode-languageserver";
import { source } from "./diagnostics.ts";
import type { ClientFeatures } from "./features.ts";
import { iniCapabilities } from "./ini-requests.ts";
import { CodeActionKind, PositionEncodingKind, TextDocumentSyncKind } from "./library.ts";
import { fixAllKind, openRuleCommand, rescanCommand } from "./protocol.ts";

/** The answer to `initialize`. */
export function answerInitialize(features: ClientFeatures): InitializeResult {
  return {
    serverInfo: { name: source },
    capabilities: {
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...(features.pullsDiagnostics && {
        diagnosticProvider: { identifier: source, interFileDependencies: true, workspaceDiagnostics: true },
      }),
      codeActionProvider: features.codeActionLiterals
        ? { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] }
        : false,
      hoverProvider: true,
      ...iniCapabilities(features),
      executeCommandProvider: { commands: [openRuleCommand, rescanCommand] },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { didRename: folders, didDelete: folders },
      },
    },
  };
}

/** The watchers' patterns match files; a folder that is moved or deleted in the editor is told in this way. */
const folders = { filters: [{ scheme: "file", pattern: { glob: "**/*", matches: "folder" as const } }] };
