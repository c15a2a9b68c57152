import { describe, expect, test } from "vitest";
import { lowerFile } from "../../../server/src/frontends/typescript/lower.ts";

const directives = (text: string, path = "/a.tsx") =>
  lowerFile(path, text).directives.map(({ kind, rules, reason, span, covers }) => ({
    kind,
    rules,
    reason,
    text: text.slice(span.start, span.end),
    covers: text.slice(covers.start, covers.end),
  }));

describe("suppression comments", () => {
  test("of a line, with rules and a reason", () => {
    expect(
      directives(
        "a();\nb(); // bouncer-safe-disable-line no-leaked-client, no-double-pool -- closed elsewhere -- really\nc();",
      ),
    ).toEqual([
      {
        kind: "disable-line",
        rules: ["no-leaked-client", "no-double-pool"],
        reason: "closed elsewhere -- really",
        text: "// bouncer-safe-disable-line no-leaked-client, no-double-pool -- closed elsewhere -- really",
        covers: "b(); // bouncer-safe-disable-line no-leaked-client, no-double-pool -- closed elsewhere -- really",
      },
    ]);
  });
  test("of the next line, over line ends of any kind and over the last line", () => {
    const next = { kind: "disable-next-line", rules: [], reason: undefined };
    expect(directives("// bouncer-safe-disable-next-line\r\na();\r\nb();")).toMatchObject([
      { ...next, covers: "a();" },
    ]);
    expect(directives("/* bouncer-safe-disable-next-line */\nb();")).toMatchObject([{ ...next, covers: "b();" }]);
    expect(directives("/*\n * bouncer-safe-disable-next-line\n */\nb();\nc();")).toMatchObject([
      { ...next, covers: "b();" },
    ]);
    expect(directives("a(); // bouncer-safe-disable-next-line")).toMatchObject([{ ...next, covers: "" }]);
  });
  test("of the file", () => {
    expect(directives("/* bouncer-safe-disable no-listen */\na();")).toMatchObject([
      { kind: "disable-file", rules: ["no-listen"], covers: "/* bouncer-safe-disable no-listen */\na();" },
    ]);
    expect(directives("#!/usr/bin/env node\n// bouncer-safe-disable -- generated\n")).toMatchObject([
      { kind: "disable-file", rules: [], reason: "generated" },
    ]);
  });
  test("wherever comments stand", () => {
    const word = "bouncer-safe-disable-line";
    for (const text of [
      `f(a, // ${word}\n b);`,
      `f(a /* ${word} */);`,
      `const x = { a: 1, // ${word}\n };`,
      `function f() { // ${word}\n }`,
      `function f() { return 1; /* ${word} */ }`,
      `x = [ // ${word}\n];`,
      `x = \`a\${b /* ${word} */}\`;`,
      `x = <a>{/* ${word} */}</a>;`,
      `x = <a b={c /* ${word} */} />;`,
      `class A { // ${word}\n b; }`,
      `if (a) b(); // ${word}`,
      `// "${"'"}\n// ${word}`,
      `a // http://x ${"`"}\n// ${word}\n`,
      `import /* ${word} */ a from "b";`,
    ]) {
      expect(directives(text), text).toMatchObject([{ kind: "disable-line" }]);
    }
  });
  test("the same words elsewhere are none", () => {
    const words = "// bouncer-safe-disable-line";
    for (const text of [
      `x = "${words}";`,
      `x = '/* bouncer-safe-disable */';`,
      `x = \`${words}\`;`,
      `x = \`a\${b} ${words} \${c}\`;`,
      `x = /[/]* bouncer-safe-disable *[/]/;`,
      `x = <a>${words}</a>;`,
      `x = <a b="${words}" />;`,
      "// bouncer-safe-disable-lines",
      "// eslint: see bouncer-safe-disable-line",
      "// bouncer-safe-disabled",
    ]) {
      expect(directives(text), text).toEqual([]);
    }
  });
  test("several in one file", () => {
    const text =
      "// bouncer-safe-disable-next-line a\nx();\n/* bouncer-safe-disable-line b */ y(); // bouncer-safe-disable-line c\n";
    expect(directives(text).map(({ rules }) => rules)).toEqual([["a"], ["b"], ["c"]]);
  });
});
