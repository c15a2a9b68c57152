import { type Described, settings } from "../server/src/config/description.ts";
import { rules } from "../server/src/rules/index.ts";
import { unusedSuppression } from "../server/src/suppressions.ts";

/** The editor's settings (`contributes.configuration` of package.json), from the description that reads `bouncer-safe.json` too. */
export function manifestSettings(): object {
  return {
    title: "bouncer-safe",
    properties: {
      "bouncerSafe.enable": {
        type: "boolean",
        default: true,
        scope: "resource",
        markdownDescription: "Analyse this folder.",
      },
      ...Object.fromEntries(propertiesOf("bouncerSafe", settings)),
      "bouncerSafe.trace.server": {
        type: "string",
        enum: ["off", "messages", "verbose"],
        default: "off",
        scope: "window",
        markdownDescription: "Write the messages between the editor and the language server to the log.",
      },
    },
  };
}

function propertiesOf(path: string, described: Described): (readonly [string, object])[] {
  if (described.kind === "object")
    return Object.entries(described.properties).flatMap(([name, inner]) => propertiesOf(`${path}.${name}`, inner));
  return [[path, { ...valueOf(described), scope: "resource", markdownDescription: described.description }]];
}

/** `null` is "not set": the workspace's own files say it then. */
function valueOf(described: Exclude<Described, { readonly kind: "object" }>): object {
  switch (described.kind) {
    case "choice":
      return { type: ["string", "null"], enum: [...described.values, null], default: null };
    case "text":
      return { type: ["string", "null"], ...(described.pattern && { pattern: described.pattern }), default: null };
    case "number":
      return { type: ["integer", "null"], minimum: described.least, default: null };
    case "texts":
      return { type: "array", items: { type: "string" }, default: [] };
    case "rules":
      return {
        type: "object",
        properties: Object.fromEntries(
          severities(described.value).map(([name, severity, summary]) => [
            name,
            { ...severity, markdownDescription: summary },
          ]),
        ),
        additionalProperties: false,
        default: {},
      };
  }
}

const severities = (value: Described): (readonly [name: string, schema: object, summary: string])[] => {
  const schema = value.kind === "choice" ? { enum: value.values } : {};
  return [
    ...rules.map(({ name, summary }) => [name, schema, summary] as const),
    [unusedSuppression, schema, "A comment that silences a rule where it finds nothing."],
  ];
};
