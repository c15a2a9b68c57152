import type { LogOutputChannel, OutputChannel } from "vscode";

/** How the language client begins a line of its own: `[Error - 10:04:31] `. */
const head = /^\[(Error|Warn|Info|Debug|Trace)\s*-[^\]]*\] /;

/** A channel for the language client that gives its lines the level that they name, so that the log's level filters them. */
export function withLevels(log: LogOutputChannel): OutputChannel {
  const write = (line: string) => {
    const [start = "", level = "Info"] = head.exec(line) ?? [];
    const text = line.slice(start.length);
    if (level === "Error") log.error(text);
    else if (level === "Warn") log.warn(text);
    else if (level === "Debug") log.debug(text);
    else if (level === "Trace") log.trace(text);
    else log.info(text);
  };
  return {
    name: log.name,
    append: write,
    appendLine: write,
    replace: write,
    clear: () => log.clear(),
    show: () => log.show(true),
    hide: () => log.hide(),
    dispose: () => log.dispose(),
  };
}
