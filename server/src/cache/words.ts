import type {
  CallInstruction,
  DirectiveFact,
  ExportFact,
  FunctionFacts,
  Instruction,
  Language,
  MemberFact,
  StatementFact,
  Terminator,
  TypeRef,
  VariableFact,
} from "../core/facts.ts";

/** The words of closed lists, each of which is written as its place in the list. A list that lacks one does not compile. */
const listOf =
  <T extends string>() =>
  <const L extends readonly T[]>(...list: [T] extends [L[number]] ? L : never): readonly T[] =>
    list;

type Import = Extract<Instruction, { op: "import" }>;
type Either = Extract<Instruction, { op: "either" }>;

export const languages = listOf<Language>()("typescript", "javascript", "python", "ini");
export const variableKinds = listOf<VariableFact["kind"]>()(
  "unused",
  ...(["import", "const", "let", "var", "parameter", "function", "class", "catch", "temporary", "type"] as const),
);
export const functionKinds = listOf<FunctionFacts["kind"]>()(
  ...(["module", "function", "arrow", "method", "constructor", "getter", "setter", "initializer"] as const),
);
export const memberKinds = listOf<MemberFact["kind"]>()("method", "getter", "setter", "field");
export const typeKinds = listOf<TypeRef["kind"]>()(
  ...(["named", "typeof", "union", "intersection", "object", "function", "array", "literal", "other"] as const),
);
export const endKinds = listOf<Terminator["kind"]>()("goto", "branch", "choice", "return", "throw", "stop");
export const statementKinds = listOf<StatementFact["kind"]>()(
  ...(["block", "expression", "variable", "return", "throw", "if", "loop", "switch", "try"] as const),
  ...(["function", "class", "import", "other"] as const),
);
export const directiveKinds = listOf<DirectiveFact["kind"]>()("disable-line", "disable-next-line", "disable-file");
export const exportKinds = listOf<ExportFact["kind"]>()("local", "from", "all");
export const operations = listOf<Instruction["op"]>()(
  ...(["literal", "template", "object", "array", "load", "store", "global", "this", "super", "get", "set"] as const),
  ...(["index", "setIndex", "rest", "element", "closure", "class", "call", "await", "yield", "import"] as const),
  ...(["either", "operation", "dispose", "disconnected", "unknown"] as const),
);
export const callStyles = listOf<CallInstruction["style"]>()("call", "new", "tag", "decorator");
export const uses = listOf<CallInstruction["use"]>()("awaited", "returned", "dropped", "chained", "element", "used");
export const importStyles = listOf<Import["style"]>()("require", "dynamic");
export const eitherOperators = listOf<Either["operator"]>()("??", "||", "&&", "?:");
export const functionTags = listOf<FunctionFacts["tags"][number]>()("external", "pure");

/** A word of a closed list by its place. */
export const word = <T>(list: readonly T[], index: number): T => list[index] as T;
