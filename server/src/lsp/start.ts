import type { Connection } from "vscode-languageserver";
import type { FactsPlace } from "../cache/facts-cache.ts";
import { createConnection, ProposedFeatures } from "./library.ts";
import { engineWith } from "./product.ts";
import { serve } from "./server.ts";

/** Where the messages come in and go out. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Starts the language server over the streams, or, without any, over what the command line names (`--node-ipc`, `--stdio`,
 * `--socket=…`, `--pipe=…`). It ends the process when the client says so or goes away. `kept`: where facts of files are left to the next start.
 */
export function startServer(streams?: Streams, kept?: Omit<FactsPlace, "roots">): void {
  const connection: Connection = streams
    ? createConnection(ProposedFeatures.all, streams.input, streams.output)
    : createConnection(ProposedFeatures.all);
  serve(connection, engineWith(kept));
}
