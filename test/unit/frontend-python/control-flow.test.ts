import { describe, expect, test } from "vitest";
import { printOf } from "./print.ts";

/** The control flow of `async def f(): …`. */
const flow = (body: string) => printOf(1, `async def f():\n${body.replace(/^/gm, "    ")}\n`);

describe("conditions", () => {
  test("`if`, `elif`, `else`", () => {
    expect(flow("if a: b()\nelif c: d()\nelse: e()\nz()")).toMatchInlineSnapshot(`
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
  test("`not` binds less than `and` and `or` do not", () => {
    expect(flow("if not a or b and not (c or d):\n    e()")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          if %0 b1 else b4
        b1:
          %1 = global b
          if %1 b2 else b5
        b2:
          %2 = global c
          if %2 b5 else b3
        b3:
          %3 = global d
          if %3 b5 else b4
        b4:
          %4 = global e
          %5 = call %4() dropped
          goto b5
        b5:
          return
      "
    `);
  });
  test("`is None` and comparisons", () => {
    expect(flow("if conn is None: a()\nif conn is not None: b()\nif x not in y: c()")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global conn
          %1 = null
          %2 = operation === %0 %1
          if %2 b1 else b2
        b1:
          %3 = global a
          %4 = call %3() dropped
          goto b2
        b2:
          %5 = global conn
          %6 = null
          %7 = operation !== %5 %6
          if %7 b3 else b4
        b3:
          %8 = global b
          %9 = call %8() dropped
          goto b4
        b4:
          %10 = global x
          %11 = global y
          %12 = operation not in %10 %11
          if %12 b5 else b6
        b5:
          %13 = global c
          %14 = call %13() dropped
          goto b6
        b6:
          return
      "
    `);
  });
  test("`a if b else c`, and `or` as a value", () => {
    expect(flow("x = a() if b else c()\ny = d or e()")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global b
          if %0 b1 else b2
        b1:
          %1 = global a
          %2 = call %1() used
          goto b2
        b2:
          if %0 b4 else b3
        b3:
          %3 = global c
          %4 = call %3() used
          goto b4
        b4:
          %5 = either %2 ?: %4 by %0
          x#1 = %5
          %6 = global d
          if %6 b6 else b5
        b5:
          %7 = global e
          %8 = call %7() used
          goto b6
        b6:
          %9 = either %6 || %8
          y#2 = %9
          return
      "
    `);
  });
  test("`:=`", () => {
    expect(flow("if (m := get()) and m.ok:\n    use(m)")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global get
          %1 = call %0() used
          m#1 = %1
          if %1 b1 else b3
        b1:
          %2 = m#1
          %3 = %2.ok
          if %3 b2 else b3
        b2:
          %4 = global use
          %5 = m#1
          %6 = call %4(%5) dropped
          goto b3
        b3:
          return
      "
    `);
  });
});

describe("loops", () => {
  test("`while` with `else`, `break` and `continue`", () => {
    expect(flow("while a:\n    if b: break\n    if c: continue\n    d()\nelse:\n    e()\nz()")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1:
          %0 = global a
          if %0 b2 else b5
        b2:
          %1 = global b
          if %1 b6 else b3
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
          goto b6
        b6:
          %7 = global z
          %8 = call %7() dropped
          return
      "
    `);
  });
  test("`async for`, with several targets", () => {
    expect(flow("async for i, (j, *k) in a():\n    b(i, j, k)")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          %1 = call %0() used
          goto b1
        b1:
          %2 = element any of %1
          %3 = await %2
          choice b2 b3
        b2:
          %4 = element 0 of %3
          i#1 = %4
          %5 = element 1 of %3
          %6 = element 0 of %5
          j#2 = %6
          %7 = rest of %5
          k#3 = %7
          %8 = global b
          %9 = i#1
          %10 = j#2
          %11 = k#3
          %12 = call %8(%9, %10, %11) dropped
          goto b1
        b3:
          return
      "
    `);
  });
  test("comprehensions are loops", () => {
    expect(flow("x = [await f(a) for a in b if a.c]\ny = {k: v for k, v in d}")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global b
          goto b1
        b1:
          %1 = element any of %0
          choice b2 b4
        b2:
          a#3 = %1
          %2 = a#3
          %3 = %2.c
          if %3 b3 else b1
        b3:
          %4 = f#0
          %5 = a#3
          %6 = call %4(%5) awaited
          %7 = await %6
          goto b1
        b4:
          %8 = either %7
          %9 = [%8]
          x#1 = %9
          %10 = global d
          goto b5
        b5:
          %11 = element any of %10
          choice b6 b7
        b6:
          %12 = element 0 of %11
          k#4 = %12
          %13 = element 1 of %11
          v#5 = %13
          %14 = k#4
          %15 = v#5
          goto b5
        b7:
          %16 = either %15
          %17 = [%16]
          y#2 = %17
          return
      "
    `);
  });
});

describe("exceptions", () => {
  test("several `except`, `else` and `finally`", () => {
    expect(
      flow(
        "try:\n    a()\nexcept KeyError as e:\n    b(e)\nexcept (ValueError, TypeError):\n    raise\nelse:\n    c()\nfinally:\n    d()",
      ),
    ).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b3)
          %0 = global a
          %1 = call %0() dropped
          goto b2
        b2: (throws to b8)
          %2 = global c
          %3 = call %2() dropped
          goto b5
        b3: (throws to b8)
          choice b4 b6 b7
        b4: (throws to b8)
          %4 = global KeyError
          %5 = unknown
          e#1 = %5
          %6 = global b
          %7 = e#1
          %8 = call %6(%7) dropped
          goto b5
        b5:
          %12 = global d
          %13 = call %12() dropped
          return
        b6: (throws to b8)
          %9 = global ValueError
          %10 = global TypeError
          %11 = [%9, %10]
          throw
        b7: (throws to b8)
          throw
        b8:
          %14 = global d
          %15 = call %14() dropped
          throw
      "
    `);
  });
  test("what libraries throw is taken to be all that is thrown", () => {
    expect(flow("try:\n    a()\nexcept psycopg2.Error:\n    b()\n    raise")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b3)
          %0 = global a
          %1 = call %0() dropped
          goto b2
        b2:
          return
        b3:
          choice b4
        b4:
          %2 = global psycopg2
          %3 = %2.Error
          %4 = global b
          %5 = call %4() dropped
          throw
      "
    `);
  });
  test("`return` through `finally`", () => {
    expect(flow("try:\n    return a()\nfinally:\n    b()")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          goto b1
        b1: (throws to b3)
          %0 = global a
          %1 = call %0() returned
          goto b2
        b2:
          %2 = global b
          %3 = call %2() dropped
          return %1
        b3:
          %4 = global b
          %5 = call %4() dropped
          throw
      "
    `);
  });
  test("`assert` and `raise … from …`", () => {
    expect(flow("assert a, b()\nraise X('y') from e")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          if %0 b1 else b2
        b1:
          %3 = global X
          %4 = "y"
          %5 = call %3(%4) used
          %6 = global e
          throw %5
        b2:
          %1 = global b
          %2 = call %1() used
          throw
      "
    `);
  });
});

describe("with", () => {
  test("is entered, and left on every way", () => {
    expect(flow("with pool.connection() as conn:\n    if a: return\n    conn.execute('x')")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global pool
          %1 = %0.connection
          %2 = call %1() as %0.connection used managed
          %3 = %2.__enter__
          %4 = call %3() as %2.__enter__ used
          conn#1 = %4
          goto b1
        b1: (throws to b5)
          %5 = global a
          if %5 b2 else b3
        b2:
          dispose %2
          return
        b3: (throws to b5)
          %6 = conn#1
          %7 = %6.execute
          %8 = "x"
          %9 = call %7(%8) as %6.execute dropped
          goto b4
        b4:
          dispose %2
          return
        b5:
          dispose %2
          throw
      "
    `);
  });
  test("`async with`, several managers, targets of all kinds", () => {
    expect(flow("async with a() as (x, y), b as self.c:\n    d()")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          %1 = call %0() used managed
          %2 = %1.__aenter__
          %3 = call %2() as %1.__aenter__ awaited
          %4 = await %3
          %5 = element 0 of %4
          x#1 = %5
          %6 = element 1 of %4
          y#2 = %6
          goto b1
        b1: (throws to b6)
          %7 = global b
          %8 = %7.__aenter__
          %9 = call %8() as %7.__aenter__ awaited
          %10 = await %9
          %11 = global self
          %11.c = %10
          goto b2
        b2: (throws to b5)
          %12 = global d
          %13 = call %12() dropped
          goto b3
        b3: (throws to b6)
          dispose await %7
          goto b4
        b4:
          dispose await %1
          return
        b5: (throws to b6)
          dispose await %7
          throw
        b6:
          dispose await %1
          throw
      "
    `);
  });
  test("in parentheses over several lines", () => {
    expect(flow("with (\n    a() as x,\n    b() as y,\n):\n    c(x, y)")).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global a
          %1 = call %0() used managed
          %2 = %1.__enter__
          %3 = call %2() as %1.__enter__ used
          x#1 = %3
          goto b1
        b1: (throws to b6)
          %4 = global b
          %5 = call %4() used managed
          %6 = %5.__enter__
          %7 = call %6() as %5.__enter__ used
          y#2 = %7
          goto b2
        b2: (throws to b5)
          %8 = global c
          %9 = x#1
          %10 = y#2
          %11 = call %8(%9, %10) dropped
          goto b3
        b3: (throws to b6)
          dispose %5
          goto b4
        b4:
          dispose %1
          return
        b5: (throws to b6)
          dispose %5
          throw
        b6:
          dispose %1
          throw
      "
    `);
  });
  test("an `ExitStack` is done with what was put on it, last first, and only with that", () => {
    const text = `from contextlib import ExitStack
with ExitStack() as stack:
    if a: return
    conn = stack.enter_context(pool.connection())
    stack.callback(pool.close, conn)
`;
    expect(flow(text)).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = ExitStack#1
          %1 = call %0() used managed
          %2 = %1.__enter__
          %3 = call %2() as %1.__enter__ used
          stack#2 = %3
          goto b1
        b1: (throws to b6)
          %4 = global a
          if %4 b2 else b3
        b2:
          dispose %1
          return
        b3: (throws to b6)
          %5 = global pool
          %6 = %5.connection
          %7 = call %6() as %5.connection used managed
          %8 = %7.__enter__
          %9 = call %8() as %7.__enter__ used
          conn#3 = %9
          %10 = global pool
          %11 = %10.close
          %12 = conn#3
          goto b4
        b4: (throws to b7)
          %13 = call %11(%12) as %10.close dropped
          dispose %7
          goto b5
        b5:
          dispose %1
          return
        b6: (throws to b7)
          %14 = call %11(%12) as %10.close dropped
          dispose %7
          throw
        b7:
          dispose %1
          throw
      "
    `);
  });
  test("`suppress` goes on after what is raised", () => {
    expect(printOf(0, "from contextlib import suppress\nwith suppress(Error):\n    a()\nb()")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = suppress#0
          %1 = global Error
          %2 = call %0(%1) used
          goto b1
        b1: (throws to b2)
          %3 = global a
          %4 = call %3() dropped
          goto b2
        b2:
          %5 = global b
          %6 = call %5() dropped
          return
      "
    `);
  });
});

describe("match", () => {
  test("a choice; patterns capture parts", () => {
    expect(
      flow("match cmd:\n    case {'a': x}: a(x)\n    case [y, *_] | Z(w=y) if y: b(y)\n    case _: c()\nd()"),
    ).toMatchInlineSnapshot(`
      "
      f1 async function f()
        b0:
          %0 = global cmd
          choice b1 b2 b4
        b1:
          %1 = element any of %0
          x#1 = %1
          %2 = global a
          %3 = x#1
          %4 = call %2(%3) dropped
          goto b5
        b2:
          %5 = element any of %0
          y#2 = %5
          %6 = element any of %0
          %7 = element any of %6
          y#2 = %7
          %8 = y#2
          if %8 b3 else b4
        b3:
          %9 = global b
          %10 = y#2
          %11 = call %9(%10) dropped
          goto b5
        b4:
          %12 = global c
          %13 = call %12() dropped
          goto b5
        b5:
          %14 = global d
          %15 = call %14() dropped
          return
      "
    `);
  });
});
