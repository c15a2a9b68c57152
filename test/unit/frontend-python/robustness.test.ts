import { parser } from "@lezer/python";
import { describe, expect, test } from "vitest";
import { lowerFile, lowerParsed } from "../../../server/src/frontends/python/lower.ts";
import { Parser, parse } from "../../../server/src/frontends/python/tree.ts";
import { check } from "../frontend/invariants.ts";
import { headOf, print } from "./print.ts";
import { sample } from "./sample.ts";

describe("half-typed code", () => {
  test("an open bracket hides nothing that follows", () => {
    const text =
      "def f():\n    conn.execute(\n        'x',\n\ndef g():\n    return 1\nclass A(\n    pass\ndef h(): pass\n";
    expect(headOf(text)).toMatchInlineSnapshot(`
      "
      export f = f#0
      export g = g#1
      export A = A#2
      export h = h#3
      class 0 A#2
        static initializer f3
      "
    `);
  });
  test("a call keeps what is there of it", () => {
    expect(print("engine = create_engine(url, poolclass=\n\nx = 1\n")).toMatchInlineSnapshot(`
      "
      export engine = engine#0
      export x = x#1
      f0 module
        b0:
          %0 = global create_engine
          %1 = global url
          %2 = global poolclass
          %3 = call %0(%1, %2) used
          engine#0 = %3
          %4 = 1
          x#1 = %4
          return
      "
    `);
  });
  test("any beginning of a file, and any file with a hole, has facts that hold together", () => {
    for (let at = 0; at < sample.length; at += 7) {
      for (const text of [sample.slice(0, at), sample.slice(0, at) + sample.slice(at + 9)])
        expect(check(lowerFile("/broken.py", text), text)).toEqual([]);
    }
  });
  test("syntax deeper than the stack", () => {
    const deep = (open: string, close: string) => `x = ${open.repeat(20_000)}1${close.repeat(20_000)}\ny = 1\n`;
    for (const text of [
      deep("(", ")"),
      deep("[", "]"),
      deep("not ", ""),
      deep("-", ""),
      deep("f(", ")"),
      `x = ${"a + ".repeat(20_000)}b`,
    ])
      expect(lowerFile("/deep.py", text).functions).toHaveLength(1);
    const nested = Array.from({ length: 600 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("");
    expect(lowerFile("/nested.py", `${nested}${" ".repeat(600)}b()\n`).functions).toHaveLength(1);
  });
  test("syntax deeper than what the parser finds left of the stack", () => {
    const text = `x = ${"(".repeat(20_000)}1${")".repeat(20_000)}\n`;
    const most = depth(0);
    expect(() => below(most * 0.8, () => parser.parse(text))).toThrow(RangeError);
    expect(below(most * 0.8, () => lowerFile("/deep.py", text)).functions).toHaveLength(1);
  });
});

describe("after an edit", () => {
  const edits = [
    (before: string, at: number) => before.slice(0, at) + before.slice(at + 1),
    (before: string, at: number) => `${before.slice(0, at)}x${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}(${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}"""${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}\n    ${before.slice(at)}`,
    (before: string, at: number) => `${before.slice(0, at)}# ${before.slice(at)}`,
  ];
  test("the facts are those of the whole text", () => {
    const parser = new Parser();
    parser.parse("/a.py", sample);
    parser.parse("/a.py", sample);
    for (let at = 0; at < sample.length; at += 17) {
      const edited = edits[(at / 17) % edits.length]!(sample, at);
      expect(lowerParsed("/a.py", parser.parse("/a.py", edited))).toEqual(lowerParsed("/a.py", parse(edited)));
      expect(lowerParsed("/a.py", parser.parse("/a.py", sample))).toEqual(lowerParsed("/a.py", parse(sample)));
    }
  });
});

describe("comments", () => {
  test("directives on lines of their own and at the ends of lines", () => {
    const text =
      "# bouncer-safe-disable no-double-pool -- a script\nx = 1  # noqa: E501  # bouncer-safe-disable-line\n# bouncer-safe-disable-next-line a, b -- why\ny = '# bouncer-safe-disable-line'\n";
    const { directives } = lowerFile("/a.py", text);
    expect(
      directives.map(({ kind, rules, reason, covers }) => [
        kind,
        rules,
        reason,
        text.slice(covers.start, covers.end).slice(0, 12),
      ]),
    ).toMatchInlineSnapshot(`
      [
        [
          "disable-file",
          [
            "no-double-pool",
          ],
          "a script",
          "# bouncer-sa",
        ],
        [
          "disable-line",
          [],
          undefined,
          "x = 1  # noq",
        ],
        [
          "disable-next-line",
          [
            "a",
            "b",
          ],
          "why",
          "y = '# bounc",
        ],
      ]
    `);
  });
  test("tags of functions, in docstrings and above", () => {
    const { functions } = lowerFile(
      "/a.py",
      'def f():\n    """Calls home. @external"""\n# @pure\ndef g():\n    pass\n',
    );
    expect(functions.map(({ name, tags }) => [name, tags])).toEqual([
      [undefined, []],
      ["f", ["external"]],
      ["g", ["pure"]],
    ]);
  });
});

test("statements span their text, without the end of the line", () => {
  const text = "try:\n    a()\nexcept E as e:\n    b()\nfinally:\n    c()\n\nwith d() as x:\n    pass\n";
  const { statements } = lowerFile("/a.py", text);
  const cut = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
  expect(
    statements.map((one) => [
      one.kind,
      one.parent,
      cut(one.span)?.slice(-4),
      cut(one.body),
      cut(one.catch),
      one.catchParameter,
      cut(one.finally),
    ]),
  ).toMatchInlineSnapshot(`
    [
      [
        "try",
        -1,
        " c()",
        "a()",
        "b()",
        "e",
        "c()",
      ],
      [
        "expression",
        0,
        "a()",
        undefined,
        undefined,
        undefined,
        undefined,
      ],
      [
        "expression",
        0,
        "b()",
        undefined,
        undefined,
        undefined,
        undefined,
      ],
      [
        "expression",
        0,
        "c()",
        undefined,
        undefined,
        undefined,
        undefined,
      ],
      [
        "block",
        -1,
        "pass",
        "pass",
        undefined,
        undefined,
        undefined,
      ],
      [
        "other",
        4,
        "pass",
        undefined,
        undefined,
        undefined,
        undefined,
      ],
    ]
  `);
});

/** How often a function may call itself. */
function depth(from: number): number {
  try {
    return depth(from + 1);
  } catch {
    return from;
  }
}

const below = <T>(calls: number, run: () => T): T => (calls > 0 ? below(calls - 1, run) : run());
