/**
 * The texts that a snippet body can become: tab stops with their defaults, variables empty, `$0` replaced by `last`.
 * A choice gives one text for each of its values. Throws where the body is no snippet (an open `${`, a bare `$`).
 */
export function fill(body: string, last: string): readonly string[] {
  const choices = [...body.matchAll(/\$\{\d+\|([^|]*)\|\}/g)].map((match) => match[1]!.split(",").length);
  const variants = Math.max(1, ...choices);
  return Array.from({ length: variants }, (_, variant) => expand(body, last, variant));
}

function expand(body: string, last: string, variant: number): string {
  const defaults = new Map<string, string>();
  let at = 0;
  const text = read(false);
  if (at < body.length) throw new Error(`"}" without "\${" at ${at}`);
  return text;

  function read(nested: boolean): string {
    let out = "";
    while (at < body.length) {
      const char = body[at]!;
      if (char === "\\" && "$}\\".includes(body[at + 1] ?? "")) {
        out += body[at + 1];
        at += 2;
      } else if (char === "$") {
        out += placeholder();
      } else if (nested && char === "}") {
        return out;
      } else {
        out += char;
        at++;
      }
    }
    if (nested) throw new Error("an open ${");
    return out;
  }

  function placeholder(): string {
    const match = /^\$(?:(\w+)|\{(\w+)(\}|:|\|))/.exec(body.slice(at));
    if (!match) throw new Error(`a bare $ at ${at}: write \\$`);
    at += match[0].length;
    const name = (match[1] ?? match[2])!;
    if (match[3] === ":") {
      const value = read(true);
      at++;
      if (!defaults.has(name)) defaults.set(name, value);
    }
    if (match[3] === "|") {
      const end = body.indexOf("|}", at);
      const values = body.slice(at, end).split(",");
      at = end + 2;
      defaults.set(name, values[Math.min(variant, values.length - 1)]!);
    }
    if (name === "0") return last;
    return defaults.get(name) ?? "";
  }
}
