import type { Connection } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { answerInitialize } from "./capabilities.ts";
import { answerChoosePooler } from "./choose-pooler.ts";
import { answerCodeActions } from "./code-actions.ts";
import { answerCommands } from "./commands.ts";
import type { Engine } from "./engine.ts";
import { collectWhenQuiet } from "./garbage.ts";
import { answerHover } from "./hover.ts";
import { answerIni, registerIni } from "./ini-requests.ts";
import { DidChangeConfigurationNotification, TextDocuments } from "./library.ts";
import { settingsSection } from "./protocol.ts";
import { answerPulls } from "./pull.ts";
import { pushDiagnostics } from "./push.ts";
import { folderPath, Session } from "./session.ts";
import { tellStatus } from "./status.ts";
import { watchFiles } from "./watch.ts";

/** Serves one client over the connection until it leaves. */
export function serve(connection: Connection, engine: Engine): void {
  const documents = new TextDocuments(TextDocument);
  documents.listen(connection);

  connection.onInitialize((params) => {
    const session = new Session(connection, documents, engine, params);
    register(session);
    return answerInitialize(session.features);
  });
  connection.listen();
}

function register(session: Session): void {
  const { connection, documents, features, faults } = session;

  documents.onDidChangeContent(({ document }) => session.textChanged(document));
  documents.onDidClose(({ document }) => faults.watch("textDocument/didClose", session.textDropped(document)));
  if (features.pullsDiagnostics) answerPulls(session);
  else pushDiagnostics(session);

  answerCodeActions(session);
  answerHover(session);
  answerCommands(session);
  answerChoosePooler(session);
  answerIni(session);
  tellStatus(session);

  connection.onInitialized(() => {
    session.reconfigure();
    watchFiles(session);
    registerIni(session);
    if (features.watchesConfiguration) {
      const { type } = DidChangeConfigurationNotification;
      faults.watch("Following the settings", connection.client.register(type, { section: settingsSection }));
    }
    if (features.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        session.foldersChanged(
          added.flatMap(({ uri }) => folderPath(uri) ?? []),
          removed.flatMap(({ uri }) => folderPath(uri) ?? []),
        ),
      );
    }
  });
  connection.onDidChangeConfiguration(({ settings }) => session.settingsChanged(settings?.[settingsSection]));
  const memory = collectWhenQuiet(() => faults.watch("What can wait", session.rest()));
  session.onSettled(() => memory.worked());
  connection.onShutdown(async () => {
    memory.stop();
    await session.close();
  });
}
