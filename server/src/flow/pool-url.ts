import type { Known, Option, PoolOptions, UrlFacts } from "../core/model.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import type { FunctionNode } from "./program.ts";
import { urlOfText } from "./url-facts.ts";

const ofMeaning = (options: PoolOptions, means: Option["means"]): Option | undefined =>
  options.entries.findLast((entry) => entry.means === means);

export function urlOf(around: PoolSurroundings, options: PoolOptions, each: FunctionNode): UrlFacts | undefined {
  const option = ofMeaning(options, "url");
  if (option === undefined || option.value.kind === "object") return undefined;
  return urlOfKnown(around, option.value, option, each);
}

function urlOfKnown(around: PoolSurroundings, value: Known, option: Option, each: FunctionNode): UrlFacts | undefined {
  const literal = { path: option.place.path, span: option.valueSpan };
  switch (value.kind) {
    case "constant":
      return typeof value.value === "string" ? urlOfText([value.value], option.place, literal) : undefined;
    case "text":
      return urlOfText(value.pieces, option.place, undefined);
    case "environment": {
      const told = around.poolers.urlOfEnvironment(value.name, each.file.path);
      if (told !== undefined) return told;
      if (
        value.fallback?.kind === "constant" &&
        typeof value.fallback.value === "string" &&
        value.fallback.value.includes("://")
      ) {
        return {
          ...urlOfText([value.fallback.value], option.place, undefined),
          environment: value.name,
          complete: false,
        };
      }
      return { place: option.place, environment: value.name, parameters: {}, complete: false };
    }
    default:
      return { place: option.place, parameters: {}, complete: false };
  }
}
