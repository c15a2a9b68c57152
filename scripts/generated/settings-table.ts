import { type Described, settings } from "../../server/src/config/description.ts";

/** Every setting of `bouncer-safe.json`, by its dotted path. */
export function settingsTable(): string {
  const rows = rowsOf("", settings).map(
    ([path, values, description]) => `| \`${path}\` | ${values} | ${description} |\n`,
  );
  return `| Setting | Value | Meaning |\n| --- | --- | --- |\n${rows.join("")}`;
}

function rowsOf(path: string, described: Described): (readonly [path: string, values: string, description: string])[] {
  const { description } = described;
  switch (described.kind) {
    case "object":
      return Object.entries(described.properties).flatMap(([name, inner]) =>
        rowsOf(path ? `${path}.${name}` : name, inner),
      );
    case "rules":
      return rowsOf(`${path}.<rule>`, { ...described.value, description });
    case "choice":
      return [[path, described.values.map((value) => `\`${value}\``).join(", "), description]];
    case "text":
      return [[path, described.expected, description]];
    case "number":
      return [[path, `a whole number from ${described.least}`, description]];
    case "switch":
      return [[path, "`true` or `false`", description]];
    case "texts":
      return [[path, "a list of texts", description]];
  }
}
