import { type ParseArgsConfig, parseArgs } from "node:util";
import { meant } from "../core/meant.ts";

/** One option of a command, with its line of help. */
interface OptionDescription {
  readonly type: "string" | "boolean";
  readonly multiple?: true;
  readonly short?: string;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly values?: readonly string[];
  readonly help: string;
}

interface CommandDescription {
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionDescription>>;
  readonly more?: string;
}

const formats = ["text", "json", "sarif", "github"] as const;
export const printable = ["profile", "facts", "model", "findings"] as const;
export const severities = ["error", "warning", "information", "hint"] as const;

const help: OptionDescription = { type: "boolean", short: "h", help: "show this help" };
const color: OptionDescription = {
  type: "boolean",
  help: "colour even when the output is no terminal; --no-color never colours",
};
const config: OptionDescription = {
  type: "string",
  value: "file",
  help: "read this file instead of the nearest bouncer-safe.json",
};

const commands = {
  check: {
    usage: "bouncer-safe check [options] [path…]",
    summary: "check folders or files (default: the current folder)",
    options: {
      format: { type: "string", value: "name", values: formats, help: "text (default), json, sarif or github" },
      fix: { type: "boolean", help: "apply every safe fix, then check again" },
      "fix-suggestions": {
        type: "boolean",
        help: "apply the first fix of each finding, suggestions too: read the changes",
      },
      diff: {
        type: "boolean",
        help: "print as a patch what --fix, or --fix-suggestions with it, would change, and write nothing",
      },
      "max-warnings": { type: "string", value: "n", help: "exit 0 with up to n warnings (default 0)" },
      rule: {
        type: "string",
        multiple: true,
        value: "name",
        help: "report this rule alone; may be given several times",
      },
      severity: {
        type: "string",
        value: "level",
        values: severities,
        help: "least severity reported (text and github: information; json and sarif: hint)",
      },
      quiet: { type: "boolean", short: "q", help: "report errors alone, without a summary" },
      config,
      baseline: {
        type: "string",
        value: "file",
        help: "leave out the findings that this file lists (default: bouncer-safe-baseline.json)",
      },
      "no-baseline": { type: "boolean", help: "report the findings of the baseline too" },
      "write-baseline": { type: "boolean", help: "write the findings into the baseline and exit 0" },
      print: {
        type: "string",
        value: "stage",
        values: printable,
        help: "print profile, facts, model or findings instead of a report",
      },
      timing: { type: "boolean", help: "show what each stage and rule cost" },
      "no-cache": { type: "boolean", help: "analyse again although no file has changed since the last run" },
      color,
      "no-color": { type: "boolean", help: "" },
      help,
    },
    more: [
      "Exit code: 0 nothing to mend, 1 errors or too many warnings (with --diff: something to change), 2 wrong use or a crash.",
      "Information and hints never change the exit code; hints are shown with --severity hint.",
    ].join("\n"),
  },
  explain: {
    usage: "bouncer-safe explain [options] <rule>",
    summary: "tell what a rule finds, why it matters and what it does not see",
    options: { color, "no-color": { type: "boolean", help: "" }, help },
  },
  rules: {
    usage: "bouncer-safe rules [options]",
    summary: "list every rule",
    options: {
      format: { type: "string", value: "name", values: ["text", "json"], help: "text (default) or json" },
      help,
    },
  },
  profile: {
    usage: "bouncer-safe profile [options] [folder]",
    summary: "tell which poolers stand in front, what says so, and which pools are behind them",
    options: {
      format: { type: "string", value: "name", values: ["text", "json"], help: "text (default) or json" },
      config,
      help,
    },
  },
  lsp: {
    usage: "bouncer-safe lsp --stdio",
    summary: "run the language server",
    options: {
      stdio: { type: "boolean", help: "talk over standard input and output (default)" },
      "node-ipc": { type: "boolean", help: "talk over node's channel to the parent process" },
      socket: { type: "string", value: "port", help: "connect to this port on the loopback interface" },
      pipe: { type: "string", value: "name", help: "connect to this pipe" },
      clientProcessId: { type: "string", value: "pid", help: "end when this process does" },
      help,
    },
  },
} as const satisfies Readonly<Record<string, CommandDescription>>;

export type CommandName = keyof typeof commands;

/** Wrong use: told to people with a hint at `--help`, exit code 2. */
export class Misuse extends Error {}

export interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** Reads what follows the command's name. Throws `Misuse` for what the command does not know. */
export const readArguments = (command: CommandName, args: readonly string[]): Arguments => {
  const description: CommandDescription = commands[command];
  const options: Record<string, { type: "string" | "boolean"; multiple?: boolean; short?: string }> = {};
  for (const [name, { type, short, multiple }] of Object.entries(description.options)) {
    options[name] = { type, ...(short ? { short } : {}), ...(multiple || type === "string" ? { multiple: true } : {}) };
  }
  let parsed: ReturnType<typeof parseArgs<ParseArgsConfig>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Misuse(explained((error as Error).message.split(". ")[0]!, Object.keys(options)));
  }
  const flags = new Set<string>();
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(parsed.values)) {
    if (value === true) flags.add(name);
    if (Array.isArray(value)) values.set(name, value.map(String));
  }
  for (const [name, given] of values) {
    const allowed = description.options[name]?.values;
    const wrong = given.find((value) => allowed && !allowed.includes(value));
    if (wrong !== undefined) throw new Misuse(`--${name} is one of ${allowed!.join(", ")}, not '${wrong}'`);
  }
  return { flags, values, positionals: parsed.positionals };
};

/** What node says of an option, with the one that was probably meant. */
const explained = (message: string, names: readonly string[]): string => {
  const unknown = /^Unknown option '-+([^']+)'/.exec(message)?.[1];
  const near = unknown === undefined ? undefined : meant(unknown, names);
  return near === undefined ? message : `${message}; did you mean --${near}?`;
};

/** What is told of a first word that is no command: other linters are given paths and options there. */
export const noCommand = (name: string, isPath: (path: string) => boolean): string => {
  const option = /^--([^=]+)/.exec(name)?.[1];
  const isOfCheck = option === undefined ? isPath(name) : Object.hasOwn(commands.check.options, option);
  const near = meant(name, Object.keys(commands));
  const said = isOfCheck ? `bouncer-safe check ${name}` : near && `bouncer-safe ${near}`;
  return `'${name}' is no command${said ? `; did you mean \`${said}\`?` : ""}`;
};

/** The last value given. */
export const lastValue = ({ values }: Arguments, name: string): string | undefined => values.get(name)?.at(-1);

export const helpOf = (command: CommandName): string => {
  const { usage, summary, options, more }: CommandDescription = commands[command];
  const rows = Object.entries(options)
    .filter(([, { help }]) => help)
    .map(
      ([name, { short, value, help }]) =>
        [`${short ? `-${short}, ` : "    "}--${name}${value ? ` <${value}>` : ""}`, help] as const,
    );
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `${usage}\n\n${capitalise(summary)}.\n`,
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    ...(more ? ["", more] : []),
    "",
  ].join("\n");
};

export const overview = (): string => {
  const rows = Object.values(commands).map(({ usage, summary }) => [usage.replace(" [options]", ""), summary] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    "bouncer-safe finds database code that misbehaves behind PgBouncer and other PostgreSQL poolers.\n",
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    "",
    "  bouncer-safe --version",
    "  bouncer-safe <command> --help",
    "",
  ].join("\n");
};

const capitalise = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
