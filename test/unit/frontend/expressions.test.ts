// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs.
import { describe, expect, test } from "vitest";
import { lowerFile } from "../../../server/src/frontends/typescript/lower.ts";
import { print, printOf } from "./print.ts";

const body = (text: string) => printOf(0, text);

/** How each call is used, by the text of its callee. */
const uses = (text: string) =>
  Object.fromEntries(
    lowerFile("/a.ts", text).functions.flatMap(({ blocks }) =>
      blocks.flatMap(({ instructions }) =>
        instructions.flatMap((instruction) =>
          instruction.op === "call"
            ? [[text.slice(instruction.calleeSpan.start, instruction.calleeSpan.end), instruction.use]]
            : [],
        ),
      ),
    ),
  );

describe("calls", () => {
  test("methods keep their receiver, through parentheses, casts and `?.`", () => {
    expect(body("a.b.c(1, ...d); (a.b!)(); a?.b?.(); a['b'](); a[b](); new A; new A.B(1);")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = %0.b
          %2 = %1.c
          %3 = 1
          %4 = global d
          %5 = call %2(%3, ...%4) as %1.c dropped
          %6 = global a
          %7 = %6.b
          %8 = call %7() as %6.b dropped
          %9 = global a
          %10 = %9.b
          %11 = call %10() as %9.b dropped
          %12 = global a
          %13 = %12.b
          %14 = call %13() as %12.b dropped
          %15 = global a
          %16 = global b
          %17 = %15[%16]
          %18 = call %17() on %15 dropped
          %19 = global A
          %20 = new %19() dropped
          %21 = global A
          %22 = %21.B
          %23 = 1
          %24 = new %22(%23) dropped
          return
      "
    `);
  });
  test("spans of the callee and the arguments", () => {
    const text = "const p = new pg.Pool ( { max: 5 } ), q = new Pool, r = f<A>(1), s = sql`a ${b}`;";
    const calls = lowerFile("/a.ts", text).functions[0]!.blocks[0]!.instructions.filter(
      (instruction) => instruction.op === "call",
    );
    const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(
      calls.map(({ span, calleeSpan, argumentsSpan }) => [cut(span), cut(calleeSpan), cut(argumentsSpan)]),
    ).toEqual([
      ["new pg.Pool ( { max: 5 } )", "pg.Pool", "( { max: 5 } )"],
      ["new Pool", "Pool", ""],
      ["f<A>(1)", "f", "(1)"],
      ["sql`a ${b}`", "sql", "`a ${b}`"],
    ]);
  });
  test("tagged templates", () => {
    expect(body("sql`a ${b} c`; db.sql``;")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global sql
          %1 = global b
          %2 = template "a " %1 " c"
          %3 = tag %0(%2) dropped
          %4 = global db
          %5 = %4.sql
          %6 = ""
          %7 = tag %5(%6) as %4.sql dropped
          return
      "
    `);
  });
  test("what becomes of the promise", () => {
    const text = `async function f() {
      await a(); await (b() as any)!; c(); void d(); x && e(); e2().then(g()); [h()]; await Promise.all([i()]); const y = j(); k(l());
      await (x ? m() : n()); for (const z of o()) z; p().q; \`\${r()}\`; return (s());
    }
    const t = async () => u(); const v = () => x ? w() : 1; function* gen() { yield y1(); } const o1 = { z1: z2() };`;
    expect(uses(text)).toEqual({
      a: "awaited",
      b: "awaited",
      c: "dropped",
      d: "dropped",
      e: "dropped",
      e2: "chained",
      "e2().then": "dropped",
      g: "used",
      h: "element",
      "Promise.all": "awaited",
      i: "element",
      j: "used",
      k: "dropped",
      l: "used",
      m: "awaited",
      n: "awaited",
      o: "used",
      p: "chained",
      r: "used",
      s: "returned",
      u: "returned",
      w: "returned",
      y1: "used",
      z2: "used",
    });
  });
});

describe("texts", () => {
  test("templates and concatenations are texts with holes; other sums are not", () => {
    expect(body("`a${b}c`; 'SELECT ' + a + ' FROM ' + `b${c}`; a + b; a += 'x'; 'a' + 'b';")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global b
          %1 = template "a" %0 "c"
          %2 = global a
          %3 = global c
          %4 = template "SELECT " %2 " FROM b" %3 ""
          %5 = global a
          %6 = global b
          %7 = operation + %5 %6
          %8 = global a
          %9 = "x"
          %10 = template %8 %9
          %11 = global globalThis
          %11.a = %10
          %12 = template "ab"
          return
      "
    `);
  });
});

describe("values", () => {
  test("literals", () => {
    expect(
      body("[1, -2, 1_000, 0x10, 10n, 'a', `b`, true, null, undefined, NaN, /x/, void 0];"),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = 1
          %1 = -2
          %2 = 1000
          %3 = 16
          %4 = 10
          %5 = "a"
          %6 = "b"
          %7 = true
          %8 = null
          %9 = undefined
          %10 = NaN
          %11 = unknown
          %12 = 0
          %13 = undefined
          %14 = [%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %13]
          return
      "
    `);
  });
  test("objects: keys, spreads, methods, accessors", () => {
    expect(
      print(
        "({ a: 1, 'b': 2, 3: 4, c, ...d, [e]: f, ['g']: 5, h() {}, get i() { return 1; }, set i(v) {}, j: () => 2 });",
      ),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = 1
          %1 = 2
          %2 = 4
          %3 = global c
          %4 = global d
          %5 = global e
          %6 = global f
          %7 = 5
          %8 = closure f1
          %9 = closure f2
          %10 = closure f3
          %11 = closure f4
          %12 = { a: %0, b: %1, 3: %2, c: %3, ...%4, [?]: %6, g: %7, h: %8, getter i: %9, setter i: %10, j: %11 }
          return
      f1 method h()
        b0:
          return
      f2 getter i()
        b0:
          %0 = 1
          return %0
      f3 setter i(v#0)
        b0:
          return
      f4 arrow j()
        b0:
          %0 = 2
          return %0
      "
    `);
  });
  test("entries span what they say", () => {
    const text = "f({ max: 5, min, ...rest, end() {} });";
    const instruction = lowerFile("/a.ts", text).functions[0]!.blocks[0]!.instructions.find(
      ({ op }) => op === "object",
    );
    const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(
      instruction?.op === "object" &&
        instruction.entries.map(({ span, keySpan, valueSpan }) => [cut(span), cut(keySpan), cut(valueSpan)]),
    ).toEqual([
      ["max: 5", "max", "5"],
      ["min", "min", "min"],
      ["...rest", "...rest", "rest"],
      ["end() {}", "end", "end() {}"],
    ]);
  });
  test("members and elements", () => {
    expect(body("a.b; a['b']; a[0]; a[b]; a?.b; a.#c; import.meta.url; globalThis.db;")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = %0.b
          %2 = global a
          %3 = %2.b
          %4 = global a
          %5 = element 0 of %4
          %6 = global a
          %7 = global b
          %8 = %6[%7]
          %9 = global a
          %10 = %9.b
          %11 = global a
          %12 = %11.#c
          %13 = global import.meta
          %14 = %13.url
          %15 = global globalThis
          %16 = %15.db
          return
      "
    `);
  });
  test("operators", () => {
    expect(body("typeof a; delete a.b; a++; --a.b; !a; a instanceof B; (a, b()); -a;")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = operation typeof %0
          %2 = global a
          %3 = %2.b
          %4 = operation delete %3
          %5 = global a
          %6 = operation ++ %5
          %7 = global globalThis
          %7.a = %6
          %8 = global a
          %9 = %8.b
          %10 = operation -- %9
          %8.b = %10
          %11 = global a
          %12 = operation ! %11
          %13 = global a
          %14 = global B
          %15 = operation instanceof %13 %14
          %16 = global a
          %17 = global b
          %18 = call %17() dropped
          %19 = global a
          %20 = operation - %19
          return
      "
    `);
  });
  test("a cast gives a type to what may have none", () => {
    expect(
      print(
        "import { Pool } from 'pg'; const db = (globalThis as any).db as Pool; const n = x as any; const t = {} as const;",
      ),
    ).toMatchInlineSnapshot(`
      "
      import Pool of "pg" as Pool#0
      temporary #4: Pool#0
      f0 module
        b0:
          %0 = global globalThis
          %1 = %0.db
          #4 = %1
          %2 = #4
          db#1 = %2
          %3 = global x
          n#2 = %3
          %4 = {}
          t#3 = %4
          return
      "
    `);
  });
  test("type arguments are kept", () => {
    const { functions } = lowerFile("/a.ts", "import { Pool } from 'pg'; const pools = new Map<string, Pool>();");
    const call = functions[0]!.blocks[0]!.instructions.find((instruction) => instruction.op === "call");
    expect(call?.op === "call" && call.typeArguments).toEqual([
      { kind: "named", name: ["string"], arguments: [] },
      { kind: "named", name: ["Pool"], variable: 0, arguments: [] },
    ]);
  });
  test("elements of JSX are unknown, with all that they hold", () => {
    expect(print("<A b={c} {...d} e='f' g={() => h()}>{i}<j k={l} /><></></A>;", "/a.tsx")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global A
          %1 = global c
          %2 = global d
          %3 = closure f1
          %4 = global i
          %5 = global l
          %6 = unknown
          %7 = unknown %0 %1 %2 %3 %4 %5 %6
          return
      f1 arrow()
        b0:
          %0 = global h
          %1 = call %0() returned
          return %1
      "
    `);
  });
});

describe("patterns", () => {
  test("declarations", () => {
    expect(
      body("const { a, b: c = 1, d: { e }, ['f']: g, [h]: i, ...j } = k; const [l, , m = 2, ...n] = o;"),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global k
          %1 = %0.a
          a#0 = %1
          %2 = %0.b
          %5 = 1
          %6 = either %2 ?? %5
          c#1 = %6
          %7 = %0.d
          %8 = %7.e
          e#2 = %8
          %9 = %0.f
          g#3 = %9
          %10 = global h
          %11 = %0[%10]
          i#4 = %11
          %12 = rest of %0 without a, b, d, f
          j#5 = %12
          %13 = global o
          %14 = element 0 of %13
          l#6 = %14
          %15 = element 2 of %13
          %18 = 2
          %19 = either %15 ?? %18
          m#7 = %19
          %20 = rest of %13
          n#8 = %20
          return
      "
    `);
  });
  test("assignments", () => {
    expect(
      body("let a, e; ({ a, b: c.d = 1, ...e } = g); [a, c[0], ...c.h] = i; [a, e] = [e, a];"),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = undefined
          a#0 = %0
          %1 = undefined
          e#1 = %1
          %2 = global g
          %3 = %2.a
          a#0 = %3
          %4 = %2.b
          %7 = 1
          %8 = either %4 ?? %7
          %9 = global c
          %9.d = %8
          %10 = rest of %2 without a, b
          e#1 = %10
          %11 = global i
          %12 = element 0 of %11
          a#0 = %12
          %13 = element 1 of %11
          %14 = global c
          %14.0 = %13
          %15 = rest of %11
          %16 = global c
          %16.h = %15
          %17 = e#1
          %18 = a#0
          %19 = [%17, %18]
          %20 = element 0 of %19
          a#0 = %20
          %21 = element 1 of %19
          e#1 = %21
          return
      "
    `);
  });
  test("parameters", () => {
    expect(printOf(1, "function f({ a, b = g() }, [c], d = 1, ...e) {}")).toMatchInlineSnapshot(`
      "
      f1 function f(#3, #5, d#6?, ...e#7)
        b0:
          %0 = #3
          %1 = %0.a
          a#1 = %1
          %2 = %0.b
          %3 = null
          %4 = operation == %2 %3
          if %4 b1 else b2
        b1:
          %5 = global g
          %6 = call %5() used
          goto b2
        b2:
          %7 = either %2 ?? %6
          b#2 = %7
          %8 = #5
          %9 = element 0 of %8
          c#4 = %9
          %10 = d#6
          %13 = 1
          %14 = either %10 ?? %13
          d#6 = %14
          return
      "
    `);
  });
  test("assignments to members and to names that nobody declares", () => {
    expect(body("a.b = 1; a['b'] = 2; a[0] = 3; a[b] = 4; c = 5; a.b += 6;")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = 1
          %0.b = %1
          %2 = global a
          %3 = 2
          %2.b = %3
          %4 = global a
          %5 = 3
          %4.0 = %5
          %6 = global a
          %7 = global b
          %8 = 4
          %6[%7] = %8
          %9 = 5
          %10 = global globalThis
          %10.c = %9
          %11 = global a
          %12 = %11.b
          %13 = 6
          %14 = operation + %12 %13
          %11.b = %14
          return
      "
    `);
  });
});

describe("scopes", () => {
  test("each block binds its own names; functions and `var` are hoisted", () => {
    expect(
      body(
        "use(f, v); let a = 1; { let a = 2; use(a); function f() {} } use(a); var v = 3; function f() {} for (let a = 4; ; ) { var v = a; }",
      ),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = closure f1
          f#2 = %0
          %1 = global use
          %2 = f#2
          %3 = v#0
          %4 = call %1(%2, %3) dropped
          %5 = 1
          a#1 = %5
          %6 = closure f2
          f#4 = %6
          %7 = 2
          a#3 = %7
          %8 = global use
          %9 = a#3
          %10 = call %8(%9) dropped
          %11 = global use
          %12 = a#1
          %13 = call %11(%12) dropped
          %14 = 3
          v#0 = %14
          %15 = 4
          a#5 = %15
          goto b1
        b1:
          %16 = a#5
          v#0 = %16
          goto b1
      "
    `);
  });
  test("closures share the variables that they capture", () => {
    expect(print("let pool; const get = () => pool; function set(p) { pool = p; }")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = closure f1
          set#2 = %0
          %1 = undefined
          pool#0 = %1
          %2 = closure f2
          get#1 = %2
          return
      f1 function set(p#3)
        b0:
          %0 = p#3
          pool#0 = %0
          return
      f2 arrow get()
        b0:
          %0 = pool#0
          return %0
      "
    `);
  });
  test("a function expression's name is bound inside of it", () => {
    expect(print("const f = function g() { return g; }; g;")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = closure f1
          g#1 = %0
          f#0 = %0
          %1 = global g
          return
      f1 function g()
        b0:
          %0 = g#1
          return %0
      "
    `);
  });
});
