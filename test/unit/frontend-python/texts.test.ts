import { describe, expect, test } from "vitest";
import { printOf } from "./print.ts";

const main = (text: string) => printOf(0, text);

describe("texts", () => {
  test("prefixes, quotes and escapes", () => {
    expect(
      main(String.raw`'a\n\x41\u00e9\'' "b\
c"
r'\d' ; b"SELECT 1" ; """x
y"""`),
    ).toMatchInlineSnapshot(`
  "
  f0 module
    b0:
      %0 = "a\\nAé'bc"
      %1 = "\\\\d"
      %2 = "SELECT 1"
      %3 = "x\\ny"
      return
  "
`);
  });
  test("f-strings, with conversions and formats", () => {
    expect(main(`f"SELECT {a} FROM {b.c!r:>{w}} {{x}}"\nf"plain"\nrf'\\d{n}'`)).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = global b
          %2 = %1.c
          %3 = template "SELECT " %0 " FROM " %2 " {x}"
          %4 = "plain"
          %5 = global n
          %6 = template "\\\\d" %5
          return
      "
    `);
  });
  test("adjacent literals and sums are one text", () => {
    expect(
      main(`x = ("SELECT " "1"\n  f" FROM {t}" ' WHERE')\ny = "a" + b + "c" + f"{d}"\nz = a + b`),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global t
          %1 = template "SELECT 1 FROM " %0 " WHERE"
          x#0 = %1
          %2 = global b
          %3 = global d
          %4 = template "a" %2 "c" %3
          y#1 = %4
          %5 = global a
          %6 = global b
          %7 = operation + %5 %6
          z#2 = %7
          return
      "
    `);
  });
  test("`%`", () => {
    expect(main(`"SET %s = %d%%" % (a, b)\n"%(x)s" % {"x": 1}\n"%s" % c`)).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global a
          %1 = global b
          %2 = template "SET " %0 " = " %1 "%"
          %3 = 1
          %4 = { x: %3 }
          %5 = %4.x
          %6 = template %5
          %7 = global c
          %8 = template %7
          return
      "
    `);
  });
  test("`.format`", () => {
    expect(main(`"a {} {b} {0}".format(x, b=y)\n"{{}} {}".format(z)`)).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = global x
          %1 = global y
          %2 = template "a " %0 " " %1 " " %0
          %3 = global z
          %4 = template "{} " %3
          return
      "
    `);
  });
  test("`+=` adds to a text", () => {
    expect(main(`sql = "SELECT 1"\nsql += " FOR UPDATE"`)).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = "SELECT 1"
          sql#0 = %0
          %1 = sql#0
          %2 = " FOR UPDATE"
          %3 = template %1 %2
          sql#0 = %3
          return
      "
    `);
  });
  test("what only trims", () => {
    expect(main(`import textwrap\n"""\n x""".strip()\ntextwrap.dedent("y")`)).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = "\\n x"
          %1 = "y"
          return
      "
    `);
  });
});
