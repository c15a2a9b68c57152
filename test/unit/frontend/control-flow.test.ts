import { describe, expect, test } from "vitest";
import { printOf } from "./print.ts";

/** The control flow of `function f() { … }`. */
const flow = (body: string) => printOf(1, `async function f() {${body}}`);

describe("conditions", () => {
  test("`if` with `else if` and `else`", () => {
    expect(flow("if (a) b(); else if (c) d(); else e(); z();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          if %0 b1 else b2
        b1:
          %1 = global b
          %2 = call %1() dropped
          goto b5
        b2:
          %3 = global c
          if %3 b3 else b4
        b3:
          %4 = global d
          %5 = call %4() dropped
          goto b5
        b4:
          %6 = global e
          %7 = call %6() dropped
          goto b5
        b5:
          %8 = global z
          %9 = call %8() dropped
          return
      "
    `);
  });
  test("`!` swaps the ways, `&&` and `||` are ways of their own", () => {
    expect(flow("if (!(a && !b) || c) d();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          if %0 b1 else b3
        b1:
          %1 = global b
          if %1 b3 else b2
        b2:
          %2 = global c
          if %2 b3 else b4
        b3:
          %3 = global d
          %4 = call %3() dropped
          goto b4
        b4:
          return
      "
    `);
  });
  test("`a && await b()` as a statement is a branch", () => {
    expect(flow("a && await b(); c || d(); e ? f() : g();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          if %0 b1 else b2
        b1:
          %1 = global b
          %2 = call %1() awaited
          %3 = await %2
          goto b2
        b2:
          %4 = global c
          if %4 b4 else b3
        b3:
          %5 = global d
          %6 = call %5() dropped
          goto b4
        b4:
          %7 = global e
          if %7 b5 else b6
        b5:
          %8 = f#0
          %9 = call %8() dropped
          goto b7
        b6:
          %10 = global g
          %11 = call %10() dropped
          goto b7
        b7:
          return
      "
    `);
  });
  test("operands with calls run on their way only, others are evaluated in place", () => {
    expect(
      flow("const x = a ?? await b(); const y = c || 'd'; const z = e ? g() : h.i; return x && y;"),
    ).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          %1 = null
          %2 = operation == %0 %1
          if %2 b1 else b2
        b1:
          %3 = global b
          %4 = call %3() awaited
          %5 = await %4
          goto b2
        b2:
          %6 = either %0 ?? %5
          x#1 = %6
          %7 = global c
          %8 = "d"
          %9 = either %7 || %8
          y#2 = %9
          %10 = global e
          if %10 b3 else b4
        b3:
          %11 = global g
          %12 = call %11() used
          goto b4
        b4:
          %13 = global h
          %14 = %13.i
          %15 = either %12 ?: %14 by %10
          z#3 = %15
          %16 = x#1
          %17 = y#2
          %18 = either %16 && %17
          return %18
      "
    `);
  });
  test("logical assignment", () => {
    expect(flow("let pool; pool ??= make(); this.pool ||= make();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = undefined
          pool#1 = %0
          %1 = pool#1
          %2 = null
          %3 = operation == %1 %2
          if %3 b1 else b2
        b1:
          %4 = global make
          %5 = call %4() used
          pool#1 = %5
          goto b2
        b2:
          %6 = either %1 ?? %5
          %7 = this
          %8 = %7.pool
          if %8 b4 else b3
        b3:
          %9 = global make
          %10 = call %9() used
          %7.pool = %10
          goto b4
        b4:
          %11 = either %8 || %10
          return
      "
    `);
  });
});

describe("loops", () => {
  test("`while` with `break` and `continue`", () => {
    expect(flow("while (a) { if (b) break; if (c) continue; d(); } e();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1:
          %0 = global a
          if %0 b2 else b5
        b2:
          %1 = global b
          if %1 b5 else b3
        b3:
          %2 = global c
          if %2 b1 else b4
        b4:
          %3 = global d
          %4 = call %3() dropped
          goto b1
        b5:
          %5 = global e
          %6 = call %5() dropped
          return
      "
    `);
  });
  test("`while (true)` ends by `return` alone", () => {
    expect(flow("while (true) { if (a()) return 1; }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1:
          %0 = global a
          %1 = call %0() used
          if %1 b2 else b1
        b2:
          %2 = 1
          return %2
      "
    `);
  });
  test("`do … while`", () => {
    expect(flow("do { a(); } while (b);")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1:
          %0 = global a
          %1 = call %0() dropped
          %2 = global b
          if %2 b1 else b2
        b2:
          return
      "
    `);
  });
  test("`for` with all three parts", () => {
    expect(flow("for (let i = 0; i < n; i++) { if (a) continue; b(i); }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = 0
          i#1 = %0
          goto b1
        b1:
          %1 = i#1
          %2 = global n
          %3 = operation < %1 %2
          if %3 b2 else b5
        b2:
          %4 = global a
          if %4 b4 else b3
        b3:
          %5 = global b
          %6 = i#1
          %7 = call %5(%6) dropped
          goto b4
        b4:
          %8 = i#1
          %9 = operation ++ %8
          i#1 = %9
          goto b1
        b5:
          return
      "
    `);
  });
  test("`for … of` with a pattern, `for … in`", () => {
    expect(flow("for (const { a, b: c = 1 } of list) a(c); for (const key in map) use(key);")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global list
          goto b1
        b1:
          choice b2 b3
        b2:
          %1 = element any of %0
          %2 = %1.a
          a#1 = %2
          %3 = %1.b
          %6 = 1
          %7 = either %3 ?? %6
          c#2 = %7
          %8 = a#1
          %9 = c#2
          %10 = call %8(%9) dropped
          goto b1
        b3:
          %11 = global map
          goto b4
        b4:
          choice b5 b6
        b5:
          %12 = unknown %11
          key#3 = %12
          %13 = global use
          %14 = key#3
          %15 = call %13(%14) dropped
          goto b4
        b6:
          return
      "
    `);
  });
  test("`for await` waits before every round", () => {
    expect(flow("for await (const row of rows) use(row);")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global rows
          goto b1
        b1:
          %1 = element any of %0
          %2 = await %1
          choice b2 b3
        b2:
          row#1 = %2
          %3 = global use
          %4 = row#1
          %5 = call %3(%4) dropped
          goto b1
        b3:
          return
      "
    `);
  });
  test("labels", () => {
    expect(
      flow(
        "outer: for (;;) { for (;;) { if (a) continue outer; if (b) break outer; c(); } } d: { if (e) break d; g(); }",
      ),
    ).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1:
          %0 = global a
          if %0 b1 else b2
        b2:
          %1 = global b
          if %1 b3 else b6
        b3:
          %4 = global e
          if %4 b5 else b4
        b4:
          %5 = global g
          %6 = call %5() dropped
          goto b5
        b5:
          return
        b6:
          %2 = global c
          %3 = call %2() dropped
          goto b1
      "
    `);
  });
});

describe("switch", () => {
  test("falls through, breaks, has a default", () => {
    expect(flow("switch (a) { case 1: b(); case 2: c(); break; default: d(); } e();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          choice b1 b2 b3
        b1:
          %1 = global b
          %2 = call %1() dropped
          goto b2
        b2:
          %3 = global c
          %4 = call %3() dropped
          goto b4
        b3:
          %5 = global d
          %6 = call %5() dropped
          goto b4
        b4:
          %7 = global e
          %8 = call %7() dropped
          return
      "
    `);
  });
  test("without a default it may pass by", () => {
    expect(flow("switch (a) { case 1: return b(); }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          choice b1 b2
        b1:
          %1 = global b
          %2 = call %1() returned
          return %2
        b2:
          return
      "
    `);
  });
});

describe("exceptions", () => {
  test("what stands in `try` goes to `catch`, what stands in `catch` does not", () => {
    expect(flow("try { a(); } catch (error) { b(error); } c();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b2)
          %0 = global a
          %1 = call %0() dropped
          goto b3
        b2:
          %2 = unknown
          error#1 = %2
          %3 = global b
          %4 = error#1
          %5 = call %3(%4) dropped
          goto b3
        b3:
          %6 = global c
          %7 = call %6() dropped
          return
      "
    `);
  });
  test("`finally` runs on the normal way, on an exception and before `return`", () => {
    expect(flow("try { if (a) return b(); c(); } finally { d(); } e();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b6)
          %0 = global a
          if %0 b2 else b4
        b2: (throws to b6)
          %1 = global b
          %2 = call %1() returned
          goto b3
        b3:
          %3 = global d
          %4 = call %3() dropped
          return %2
        b4: (throws to b6)
          %5 = global c
          %6 = call %5() dropped
          goto b5
        b5:
          %7 = global d
          %8 = call %7() dropped
          %11 = global e
          %12 = call %11() dropped
          return
        b6:
          %9 = global d
          %10 = call %9() dropped
          throw
      "
    `);
  });
  test("`catch` and `finally` together", () => {
    expect(flow("try { a(); } catch (e) { b(); throw e; } finally { c(); }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b3)
          %0 = global a
          %1 = call %0() dropped
          goto b2
        b2:
          %6 = global c
          %7 = call %6() dropped
          return
        b3: (throws to b4)
          %2 = unknown
          e#1 = %2
          %3 = global b
          %4 = call %3() dropped
          %5 = e#1
          throw %5
        b4:
          %8 = global c
          %9 = call %8() dropped
          throw
      "
    `);
  });
  test("`break` and `continue` go through `finally`; equal ways share a copy", () => {
    expect(
      flow("while (a) { try { if (b) break; if (c) continue; if (d) break; e(); } finally { g(); } }"),
    ).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1:
          %0 = global a
          if %0 b2 else b10
        b2: (throws to b9)
          %1 = global b
          if %1 b6 else b3
        b3: (throws to b9)
          %4 = global c
          if %4 b4 else b5
        b4:
          %5 = global g
          %6 = call %5() dropped
          goto b1
        b5: (throws to b9)
          %7 = global d
          if %7 b6 else b7
        b6:
          %2 = global g
          %3 = call %2() dropped
          goto b10
        b7: (throws to b9)
          %8 = global e
          %9 = call %8() dropped
          goto b8
        b8:
          %10 = global g
          %11 = call %10() dropped
          goto b1
        b9:
          %12 = global g
          %13 = call %12() dropped
          throw
        b10:
          return
      "
    `);
  });
  test("`return` in `finally` swallows the exception", () => {
    expect(flow("try { a(); } finally { return 1; }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b3)
          %0 = global a
          %1 = call %0() dropped
          goto b2
        b2:
          %2 = 1
          return %2
        b3:
          %3 = 1
          return %3
      "
    `);
  });
  test("nested `finally` run from the inside out", () => {
    expect(flow("try { try { return a(); } finally { b(); } } finally { c(); }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b4)
          %0 = global a
          %1 = call %0() returned
          goto b2
        b2: (throws to b5)
          %2 = global b
          %3 = call %2() dropped
          goto b3
        b3:
          %4 = global c
          %5 = call %4() dropped
          return %1
        b4: (throws to b5)
          %6 = global b
          %7 = call %6() dropped
          throw
        b5:
          %8 = global c
          %9 = call %8() dropped
          throw
      "
    `);
  });
  test("closures in `finally` are lowered once", () => {
    expect(flow("try { a(); } finally { b(() => c()); }")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b3)
          %0 = global a
          %1 = call %0() dropped
          goto b2
        b2:
          %2 = global b
          %3 = closure f2
          %4 = call %2(%3) dropped
          return
        b3:
          %5 = global b
          %6 = closure f2
          %7 = call %5(%6) dropped
          throw
      "
    `);
  });
  test("many returns share a copy in the end", () => {
    const returns = Array.from({ length: 40 }, (_, index) => `if (a${index}) return ${index};`).join("");
    const copies = flow(`try { ${returns} } finally { done(); }`).match(/global done/g)!.length;
    expect(copies).toBe(11);
  });
});

describe("using", () => {
  test("is disposed of at the end of its block and on an exception", () => {
    expect(flow("{ using a = b(); c(a); } d();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global b
          %1 = call %0() used managed
          a#1 = %1
          %2 = a#1
          goto b1
        b1: (throws to b3)
          %3 = global c
          %4 = a#1
          %5 = call %3(%4) dropped
          goto b2
        b2:
          dispose %2
          %6 = global d
          %7 = call %6() dropped
          return
        b3:
          dispose %2
          throw
      "
    `);
  });
  test("`await using` on return", () => {
    expect(flow("await using a = await b(); return a.c();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global b
          %1 = call %0() awaited managed
          %2 = await %1
          a#1 = %2
          %3 = a#1
          goto b1
        b1: (throws to b3)
          %4 = a#1
          %5 = %4.c
          %6 = call %5() as %4.c returned
          goto b2
        b2:
          dispose await %3
          return %6
        b3:
          dispose await %3
          throw
      "
    `);
  });
});

describe("ends", () => {
  test("`process.exit()` stops", () => {
    expect(flow("if (a) process.exit(1); b();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          if %0 b1 else b2
        b1:
          %1 = global process
          %2 = %1.exit
          %3 = 1
          %4 = call %2(%3) as %1.exit dropped
          stop
        b2:
          %5 = global b
          %6 = call %5() dropped
          return
      "
    `);
  });
  test("code after a jump is kept, unreached", () => {
    expect(flow("return a(); b();")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          %1 = call %0() returned
          return %1
        b1:
          %2 = global b
          %3 = call %2() dropped
          return
      "
    `);
  });
  test("generators", () => {
    expect(printOf(1, "function* f() { const a = yield b(); yield* c; return a; }")).toMatchInlineSnapshot(`
      "
      f1 function* f()
        b0:
          %0 = global b
          %1 = call %0() used
          %2 = yield %1
          a#1 = %2
          %3 = global c
          %4 = yield* %3
          %5 = a#1
          return %5
      "
    `);
  });
});
