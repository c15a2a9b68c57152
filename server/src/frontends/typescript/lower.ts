import type { ts } from "ts-morph";
import type { FileFacts, FunctionFacts } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { finish } from "../control-flow/blocks.ts";
import { type Earlier, Editing, type Lowered, type Reuse } from "../control-flow/reuse.ts";
import { withStatements } from "../control-flow/statements.ts";
import { directives } from "./comments.ts";
import { prependExportsObject } from "./commonjs.ts";
import { FileLowering } from "./file-lowering.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { declareStatements, declareVars } from "./hoist.ts";
import { declareDocTypes } from "./jsdoc.ts";
import { Parser } from "./parse.ts";
import { body } from "./statements.ts";

/** Trees of the files being edited. They make it faster; the facts are the same without them. */
const parser = new Parser();

/** The facts of one file. Never throws, however broken the text is. */
export const lowerFile = (path: string, text: string): FileFacts => lowerSource(path, parser.parse(path, text));

/** Lowers the texts of the same files again and again. */
export class FrontEnd extends Editing {
  protected fresh(path: string, text: string): FileFacts {
    return lowerFile(path, text);
  }

  protected again(path: string, text: string, earlier: Earlier): { facts: FileFacts; lowered: Lowered } {
    const file = fileOf(path, parser.parse(path, text), earlier);
    const facts = factsOf(path, file);
    return { facts, lowered: (file.reuse as Reuse).lowered };
  }
}

/** The facts of a parsed file. */
export const lowerSource = (path: string, source: ts.SourceFile): FileFacts => factsOf(path, fileOf(path, source));

const fileOf = (path: string, source: ts.SourceFile, earlier?: Earlier): FileLowering =>
  new FileLowering(source, isJavaScript(path) ? "javascript" : "typescript", earlier);

function factsOf(path: string, file: FileLowering): FileFacts {
  const { language, source } = file;
  const module = lowerModule(file);
  return withStatements(
    {
      path,
      language,
      imports: file.imports,
      exports: file.exports,
      ...(file.commonjs !== undefined && { commonjs: file.commonjs }),
      variables: file.variables,
      functions: file.functionsInOrder(module),
      classes: file.classes.filter((lowered) => lowered !== undefined),
      types: file.types,
      directives: directives(source),
    },
    file.statements,
  );
}

const isJavaScript = (path: string): boolean => /\.[mc]?jsx?$/i.test(path);

function lowerModule(file: FileLowering): FunctionFacts {
  const { source } = file;
  const whole = span(0, source.text.length);
  const id = file.reserveFunction(whole, "module");
  const f = new FunctionLowering(file, id, undefined);
  declareDocTypes(f, source);
  declareVars(f, source);
  declareStatements(f, source.statements);
  body(f, source.statements);
  f.end({ kind: "return", span: span(whole.end, whole.end) });
  prependExportsObject(f);
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
