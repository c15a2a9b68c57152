import type { SqlCommand } from "../../../server/src/sql/index.ts";

/** A hole in a text of the tables. */
export const holeSign = "◦";

/** `"a ◦ b"` → `["a ", undefined, " b"]`. */
export const piecesOf = (text: string): readonly (string | undefined)[] =>
  text.split(holeSign).flatMap((piece, index) => (index === 0 ? [piece] : [undefined, piece]));

/** One short line for all commands of a text. */
export const tell = (commands: readonly SqlCommand[]): string => commands.map(tellOne).join("; ");

const tellOne = (command: SqlCommand): string => {
  switch (command.does) {
    case "commit":
    case "rollback":
      return command.chain ? `${command.does} chain` : command.does;
    case "savepoint":
    case "release savepoint":
    case "rollback to":
    case "prepare":
    case "execute":
    case "reset":
      return words(command.does, command.name);
    case "set":
      return words("set", command.scope, command.name, command.toDefault ? "default" : value(command.value));
    case "set role":
    case "set session authorization":
      return words(command.does, command.scope, command.role);
    case "set_config":
      return words("set_config", command.name, value(command.value), locality(command.isLocal));
    case "advisory lock":
      return words("advisory", command.how, command.scope);
    case "listen":
    case "unlisten":
    case "notify":
      return words(command.does, command.channel);
    case "create temp":
      return words("temp", command.what, command.name, command.onCommit);
    case "deallocate":
      return words("deallocate", command.all ? "all" : command.name);
    case "declare cursor":
      return words("declare", command.name, command.hold ? "hold" : undefined);
    case "load":
      return words("load", command.file);
    case "session function":
      return command.function;
    case "copy":
      return `copy ${command.direction}`;
    case "discard":
      return `discard ${command.what}`;
    case "other":
      return command.verb;
    case "begin":
    case "set constraints":
    case "prepare transaction":
    case "commit prepared":
    case "rollback prepared":
      return command.does;
  }
};

const words = (...parts: readonly (string | undefined)[]): string => parts.map((part) => part ?? "?").join(" ");

const value = (text: string | undefined): string => (text === undefined ? "?" : `=${text}`);

const locality = (isLocal: boolean | undefined): string =>
  isLocal === undefined ? "?" : isLocal ? "local" : "session";
