import { existsSync } from "node:fs";
import { check, type Engine, type ExitCode } from "./check.ts";
import { explain } from "./explain.ts";
import { type Arguments, helpOf, isCommand, Misuse, noCommand, overview, readArguments } from "./options.ts";
import { listRules } from "./rules.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

/** What a run needs of the process around it. */
export interface Host {
  readonly process: NodeJS.Process;
  readonly engine: Engine;
  /** Serves over the streams that the arguments name until the client ends it. */
  startServer(): Promise<void>;
}

type Command = (args: Arguments, terminal: Terminal, host: Host) => Promise<ExitCode | undefined>;

const implementations: Readonly<Record<"check" | "explain" | "rules" | "profile" | "lsp", Command>> = {
  check: (args, terminal, { engine }) => check(args, terminal, engine),
  explain: async (args, terminal, { engine }) => explain(args, terminal, engine.rules),
  rules: async (args, terminal, { engine }) => listRules(args, terminal, engine.rules),
  profile: async (args, terminal, { engine }) => (await import("./profile.ts")).profile(args, terminal, engine),
  lsp: async ({ flags, values }, _, host) => {
    // The protocol's library reads these from the process, and has no default of its own.
    const isTold = ["stdio", "node-ipc", "socket", "pipe"].some((name) => flags.has(name) || values.has(name));
    if (!isTold) host.process.argv.push("--stdio");
    await host.startServer();
    // The server ends the process itself.
    return undefined;
  },
};

/** Runs the command line. Resolves with the exit code; undefined where the command goes on by itself. Never rejects. */
export const run = async (argv: readonly string[], host: Host): Promise<ExitCode | undefined> => {
  const cwd = host.process.cwd().replaceAll("\\", "/");
  let terminal = createTerminal(host.process, cwd, "auto");
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      if (name === "help" && rest[0] && isCommand(rest[0])) terminal.out(helpOf(rest[0]));
      else terminal.out(overview());
      return name === undefined ? 2 : 0;
    }
    if (name === "--version" || name === "-v") {
      terminal.out(`${host.engine.version}\n`);
      return 0;
    }
    if (!isCommand(name)) throw new Misuse(noCommand(name, existsSync));
    const args = readArguments(name, rest);
    terminal = createTerminal(
      host.process,
      cwd,
      args.flags.has("no-color") ? "never" : args.flags.has("color") ? "always" : "auto",
    );
    if (args.flags.has("help")) {
      terminal.out(helpOf(name));
      return 0;
    }
    return await implementations[name](args, terminal, host);
  } catch (error) {
    if (error instanceof Misuse) terminal.err(`bouncer-safe: ${error.message}\nTry \`${helpFor(argv)}\`.\n`);
    else
      terminal.err(
        `bouncer-safe crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    return 2;
  }
};

const helpFor = ([name = ""]: readonly string[]): string => `bouncer-safe ${isCommand(name) ? `${name} ` : ""}--help`;
