import { type Described, settings } from "../../server/src/config/description.ts";
import { rules } from "../../server/src/rules/index.ts";
import { unusedSuppressionRule } from "../../server/src/suppressions.ts";

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
  return [
    [
      path,
      {
        ...schemaOf(described),
        ...defaultOf(path, described),
        scope: "resource",
        markdownDescription: described.description,
      },
    ],
  ];
}

/**
 * `null` is "not set": the workspace's own files say it then. An empty list of the pooler's would say that there is none; one of
 * the settings themselves is joined to what the workspace has.
 */
function defaultOf(path: string, { kind }: Described): object {
  if (kind === "rules") return { default: {} };
  const isJoined = kind === "texts" && !path.startsWith("bouncerSafe.pooler.");
  return isJoined ? { type: "array", default: [] } : { default: null };
}

function schemaOf(described: Exclude<Described, { readonly kind: "object" }>): object {
  switch (described.kind) {
    case "choice":
      return { type: ["string", "null"], enum: [...described.values, null] };
    case "text":
      return { type: ["string", "null"], ...(described.pattern && { pattern: described.pattern }) };
    case "number":
      return { type: ["integer", "null"], minimum: described.least };
    case "switch":
      return { type: ["boolean", "null"] };
    case "texts":
      return { type: ["array", "null"], items: { type: "string" } };
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
      };
  }
}

const severities = (value: Described): (readonly [name: string, schema: object, summary: string])[] => {
  const schema = value.kind === "choice" ? { enum: value.values } : {};
  return [
    ...rules.map(({ name, summary }) => [name, schema, summary] as const),
    [unusedSuppressionRule.name, schema, unusedSuppressionRule.summary],
  ];
};
