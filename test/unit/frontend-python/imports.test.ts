import { describe, expect, test } from "vitest";
import { headOf, print, printOf } from "./print.ts";

describe("imports", () => {
  test("modules, names, aliases and relative ones", () => {
    expect(
      headOf(`import psycopg2
import sqlalchemy as sa
from sqlalchemy import create_engine, text as t
from . import db
from .models import (
    A,
    B as b,
)
from ..pkg.mod import c
`),
    ).toMatchInlineSnapshot(`
      "
      import * of "psycopg2" as psycopg2#0
      import * of "sqlalchemy" as sa#1
      import create_engine of "sqlalchemy" as create_engine#2
      import text of "sqlalchemy" as t#3
      import db of "." as db#4
      import A of ".models" as A#5
      import B of ".models" as b#6
      import c of "..pkg.mod" as c#7
      export psycopg2 = psycopg2#0
      export sa = sa#1
      export create_engine = create_engine#2
      export t = t#3
      export db = db#4
      export A = A#5
      export b = b#6
      export c = c#7
      "
    `);
  });
  test("`import a.b` binds `a`, and `a.b` is that module", () => {
    expect(
      print("import sqlalchemy.orm\nimport sqlalchemy\nsqlalchemy.orm.Session()\nsqlalchemy.create_engine()"),
    ).toMatchInlineSnapshot(`
      "
      import * of "sqlalchemy" as sqlalchemy#0
      import * of "sqlalchemy.orm" as sqlalchemy#1
      export sqlalchemy = sqlalchemy#0
      f0 module
        b0:
          %0 = sqlalchemy#1
          %1 = %0.Session
          %2 = call %1() as %0.Session dropped
          %3 = sqlalchemy#0
          %4 = %3.create_engine
          %5 = call %4() as %3.create_engine dropped
          return
      "
    `);
  });
  test("a star import may bring any name", () => {
    expect(print("from settings import *\nfrom .local import *\nengine = make(URL)\nprint(1)")).toMatchInlineSnapshot(`
      "
      import make of "settings" as make#1
      import make of ".local" as make#2
      import URL of "settings" as URL#3
      import URL of ".local" as URL#4
      export engine = engine#0
      export * of "settings"
      export * of ".local"
      f0 module
        b0:
          %0 = make#1
          %1 = make#2
          %2 = either %0 ?? %1
          %3 = URL#3
          %4 = URL#4
          %5 = either %3 ?? %4
          %6 = call %2(%5) used
          engine#0 = %6
          %7 = global print
          %8 = 1
          %9 = call %7(%8) dropped
          return
      "
    `);
  });
  test("in functions, and in `if TYPE_CHECKING`", () => {
    expect(
      print("if TYPE_CHECKING:\n    from db import Pool\ndef f():\n    from db import pool\n    return pool"),
    ).toMatchInlineSnapshot(`
      "
      import type Pool of "db" as Pool#0
      import pool of "db" as pool#2
      export Pool = Pool#0
      export f = f#1
      f0 module
        b0:
          %0 = global TYPE_CHECKING
          if %0 b1 else b1
        b1:
          %1 = closure f1
          f#1 = %1
          return
      f1 function f()
        b0:
          %0 = pool#2
          return %0
      "
    `);
  });
  test("a name that is imported in several ways holds one of them", () => {
    expect(
      print("try:\n    import ujson as json\nexcept ImportError:\n    import json\njson.dumps(1)"),
    ).toMatchInlineSnapshot(`
      "
      import * of "ujson" as json#1
      import * of "json" as json#2
      export json = json#0
      f0 module
        b0:
          goto b1
        b1: (throws to b2)
          %0 = json#1
          json#0 = %0
          goto b4
        b2:
          choice b3 b5
        b3:
          %1 = global ImportError
          %2 = json#2
          json#0 = %2
          goto b4
        b4:
          %3 = json#0
          %4 = %3.dumps
          %5 = 1
          %6 = call %4(%5) as %3.dumps dropped
          return
        b5:
          throw
      "
    `);
  });
  test("by a call", () => {
    expect(printOf(0, "import importlib\nimportlib.import_module('app.db')\n__import__('x')")).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = import "app.db"
          %1 = import "x"
          return
      "
    `);
  });
});
