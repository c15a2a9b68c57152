import type { FileFacts, FunctionFacts } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { finish } from "../control-flow/blocks.ts";
import { type Earlier, Editing, type Lowered, type Reuse } from "../control-flow/reuse.ts";
import { withStatements } from "../control-flow/statements.ts";
import { directives } from "./comments.ts";
import { FileLowering } from "./file-lowering.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { declareNames } from "./names.ts";
import { statementsOf } from "./nodes.ts";
import { lowerStatement } from "./statements.ts";
import { type Parsed, Parser } from "./tree.ts";

/** Trees of the files being edited. They make it faster; the facts are the same without them. */
const parser = new Parser();

/** The facts of one file. Never throws, however broken the text is. */
export function lowerFile(path: string, text: string): FileFacts {
  return lowerParsed(path, parser.parse(path, text));
}

/** Lowers the texts of the same files again and again. */
export class FrontEnd extends Editing {
  protected fresh(path: string, text: string): FileFacts {
    return lowerFile(path, text);
  }

  protected again(path: string, text: string, earlier: Earlier): { facts: FileFacts; lowered: Lowered } {
    const file = new FileLowering(parser.parse(path, text), earlier);
    const facts = factsOf(path, file);
    return { facts, lowered: (file.reuse as Reuse).lowered };
  }
}

/** The facts of a parsed file. */
export const lowerParsed = (path: string, parsed: Parsed): FileFacts => factsOf(path, new FileLowering(parsed));

function factsOf(path: string, file: FileLowering): FileFacts {
  const module = lowerModule(file);
  return withStatements(
    {
      path,
      language: "python",
      imports: file.imports,
      exports: file.exports,
      variables: file.variables,
      functions: file.functionsInOrder(module),
      classes: file.classes.filter((lowered) => lowered !== undefined),
      types: file.types,
      directives: directives(file.parsed),
    },
    file.statements,
  );
}

function lowerModule(file: FileLowering): FunctionFacts {
  const whole = span(0, file.text.length);
  const id = file.reserveFunction(whole, "module");
  const f = new FunctionLowering(file, id, undefined, { scope: "module" });
  const statements = statementsOf(file.parsed.root);
  declareNames(f, statements);
  for (const statement of statements) lowerStatement(f, statement);
  f.end({ kind: "return", span: span(whole.end, whole.end) });
  // Every name of a module can be imported from it.
  for (const [name, meaning] of f.scope.names)
    if (meaning.kind === "variable") file.exports.push({ kind: "local", name, variable: meaning.variable });
  for (const specifier of file.stars) file.exports.push({ kind: "all", specifier });
  const module: FunctionFacts = {
    id,
    kind: "module",
    async: false,
    generator: false,
    parameters: [],
    static: false,
    blocks: finish(f),
    entry: 0,
    span: whole,
    bodySpan: whole,
    tags: [],
  };
  file.functions[id] = module;
  return module;
}
