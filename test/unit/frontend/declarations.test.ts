import { describe, expect, test } from "vitest";
import { lowerFile } from "../../../server/src/frontends/typescript/lower.ts";
import { print } from "./print.ts";

describe("classes", () => {
  test("fields, parameter properties, accessors, statics, private names", () => {
    expect(
      print(`class Db extends Pool<A> implements Closable {
        static shared = new Db(); static { register(Db); }
        #client: PoolClient; name = "a"; declare x: string;
        constructor(private readonly pool: Pool, url = "x") { super({ max: 5 }); }
        get size(): number { return this.pool.size; } set size(v) {}
        async query(q: string) { return super.query(q); }
        static create() { return new this(); }
        abstract open(): Pool;
      }`),
    ).toMatchInlineSnapshot(`
      "
      class 0 Db#0 extends %0 (Pool<A>) implements Closable
        constructor f1
        initializer f6
        static initializer f7
        static field shared
        field #client: PoolClient
        field name
        field x: string
        field pool: Pool
        getter size f2: number
        setter size f3
        method query f4
        static method create f5
        method open: () => Pool
      f0 module
        b0:
          %0 = global Pool
          %1 = class 0
          Db#0 = %1
          return
      f1 constructor of class 0(this.pool#1: Pool, url#2?)
        b0:
          %0 = this
          %1 = pool#1
          %0.pool = %1
          %2 = url#2
          %5 = "x"
          %6 = either %2 ?? %5
          url#2 = %6
          %7 = super
          %8 = 5
          %9 = { max: %8 }
          %10 = call %7(%9) dropped
          return
      f2 getter of class 0 size(): number
        b0:
          %0 = this
          %1 = %0.pool
          %2 = %1.size
          return %2
      f3 setter of class 0 size(v#3)
        b0:
          return
      f4 async method of class 0 query(q#4: string)
        b0:
          %0 = super
          %1 = %0.query
          %2 = q#4
          %3 = call %1(%2) as %0.query returned
          return %3
      f5 static method of class 0 create()
        b0:
          %0 = this
          %1 = new %0() returned
          return %1
      f6 initializer of class 0()
        b0:
          %0 = this
          %1 = "a"
          %0.name = %1
          return
      f7 static initializer of class 0()
        b0:
          %0 = this
          %1 = Db#0
          %2 = new %1() used
          %0.shared = %2
          %3 = global register
          %4 = Db#0
          %5 = call %3(%4) dropped
          return
      "
    `);
  });
  test("decorators name what they are bound to, and their factories are called", () => {
    expect(
      print(`import { Injectable, Module, Inject } from "x";
        @Injectable() @a.b class S { @Column({ type: "int" }) id; @Get() find(@Body() body) {} constructor(@Inject("DB") private db: Db) {} }
        @Module({ imports: [TypeOrm.forRoot({ url })] }) export class M {}`),
    ).toMatchInlineSnapshot(`
      "
      import Injectable of "x" as Injectable#0
      import Module of "x" as Module#1
      import Inject of "x" as Inject#2
      export M = M#4
      class 0 S#3 @Injectable @a.b
        constructor f2
        @Column field id
        @Get method find f1
        field db: Db
      class 1 M#4 @Module
      f0 module
        b0:
          %0 = Injectable#0
          %1 = decorator %0() used
          %2 = global Column
          %3 = "int"
          %4 = { type: %3 }
          %5 = decorator %2(%4) used
          %6 = global Get
          %7 = decorator %6() used
          %8 = global Body
          %9 = decorator %8() used
          %10 = Inject#2
          %11 = "DB"
          %12 = decorator %10(%11) used
          %13 = class 0
          S#3 = %13
          %14 = Module#1
          %15 = global TypeOrm
          %16 = %15.forRoot
          %17 = global url
          %18 = { url: %17 }
          %19 = call %16(%18) as %15.forRoot element
          %20 = [%19]
          %21 = { imports: %20 }
          %22 = decorator %14(%21) used
          %23 = class 1
          M#4 = %23
          return
      f1 method of class 0 find(@Body body#5)
        b0:
          return
      f2 constructor of class 0(@Inject this.db#6: Db)
        b0:
          %0 = this
          %1 = db#6
          %0.db = %1
          return
      "
    `);
  });
  test("class expressions and default exports without a name", () => {
    expect(print("const A = class B { m() { return B; } }; export default class { n() {} }")).toMatchInlineSnapshot(`
      "
      export default = default#2
      class 0 B#1
        method m f1
      class 1
        method n f2
      f0 module
        b0:
          %0 = class 0
          B#1 = %0
          A#0 = %0
          %1 = class 1
          default#2 = %1
          return
      f1 method of class 0 m()
        b0:
          %0 = B#1
          return %0
      f2 method of class 1 n()
        b0:
          return
      "
    `);
  });
});

describe("types", () => {
  test("as written, with the bindings of their first names", () => {
    expect(
      print(`import type * as pg from "pg"; import { Pool, type PoolClient as C } from "pg";
        interface Ctx extends Base { db: Pool; tx?: C | undefined; run(sql: string): Promise<void>; [k: string]: unknown }
        type Handle = pg.PoolClient & { readonly id: 1 }; type F = (c: C, ...rest: string[]) => void; type L = readonly ["a", Pool[]];
        let a: Ctx, b: typeof db.pool, c: import("knex").Knex<any>, d: keyof Ctx, e: "x" | null | true;
        function f<T extends Pool, U>(x: T, y: U, z?: Handle): x is T {}`),
    ).toMatchInlineSnapshot(`
      "
      import type * of "pg" as pg#0
      import Pool of "pg" as Pool#1
      import type PoolClient of "pg" as C#2
      import type Knex of "knex" as Knex#16
      type Ctx#3 = { db: Pool#1; tx: C#2 | undefined; run: (string) => Promise<void> } extends Base
      type Handle#4 = pg#0.PoolClient & { id: 1 }
      type F#5 = (C#2, (string)[]) => void
      type L#6 = ("a" | (Pool#1)[])[]
      let a#7: Ctx#3
      let b#8: typeof db.pool
      let c#9: Knex#16<any>
      let d#10: ?
      let e#11: "x" | null | true
      f0 module
        b0:
          %0 = closure f1
          f#12 = %0
          %1 = undefined
          a#7 = %1
          %2 = undefined
          b#8 = %2
          %3 = undefined
          c#9 = %3
          %4 = undefined
          d#10 = %4
          %5 = undefined
          e#11 = %5
          return
      f1 function f(x#13: Pool#1, y#14: ?, z#15?: Handle#4): ?
        b0:
          return
      "
    `);
  });
  test("`this` parameters are no parameters", () => {
    expect(lowerFile("/a.ts", "function f(this: A, b: B) {}").functions[1]!.parameters).toHaveLength(1);
  });
  test("doc comments carry the types of JavaScript", () => {
    expect(
      print(
        `/** @import { PoolClient } from "pg" */
         /** @param {import("pg").Pool} pool @param {string} [name] @returns {Promise<void>} */
         export async function f(pool, name) {}
         /** @type {import("knex").Knex} */
         let db;
         class A {
           /** @type {PoolClient} */
           pool;
           /** @param {PoolClient} p */
           constructor(p) {
             /** @type {import("pg").Client} */
             this.client = x;
           }
           /** @param {Ctx} p */
           m({ pool }) {}
         }
         /** @param {PoolClient} p */
         const g = (p) => p;
         const h = /** @type {import("pg").Pool} */ (globalThis.pool);
         module.exports = {
           /** @param {Ctx} p */
           k(p) {},
           /** @param {Ctx} p */
           l: (p) => p,
         };
         /** @typedef {{ pool: import("pg").Pool, name: string }} Ctx */
         /** @param {Ctx} ctx @param {object} options @param {PoolClient} options.pool */
         exports.m = function (ctx, options) {};
         /**
          * @typedef {Object} Late
          * @property {PoolClient} [client]
          */`,
        "/a.js",
      ),
    ).toMatchInlineSnapshot(`
      "
      import type PoolClient of "pg" as PoolClient#0
      import type Pool of "pg" as Pool#3
      import type Knex of "knex" as Knex#11
      import type Client of "pg" as Client#13
      export f = f#4
      commonjs module.exports#19
      type Ctx#1 = { pool: Pool#3; name: string }
      type Late#2 = { client: PoolClient#0 }
      let db#5: Knex#11
      temporary #14: Client#13
      temporary #18: Pool#3
      class 0 A#6
        constructor f2
        field pool: PoolClient#0
        method m f3
      f0 module
        b0:
          %12 = {}
          module.exports#19 = %12
          %0 = closure f1
          f#4 = %0
          %1 = undefined
          db#5 = %1
          %2 = class 0
          A#6 = %2
          %3 = closure f4
          g#7 = %3
          %4 = global globalThis
          %5 = %4.pool
          #18 = %5
          %6 = #18
          h#8 = %6
          %7 = closure f5
          %8 = closure f6
          %9 = { k: %7, l: %8 }
          module.exports#19 = %9
          %10 = module.exports#19
          %11 = closure f7
          %10.m = %11
          return
      f1 async function f(pool#9: Pool#3, name#10: string): Promise<void>
        b0:
          return
      f2 constructor of class 0(p#12: PoolClient#0)
        b0:
          %0 = this
          %1 = global x
          #14 = %1
          %2 = #14
          %0.client = %2
          return
      f3 method of class 0 m(#16: Ctx#1)
        b0:
          %0 = #16
          %1 = %0.pool
          pool#15 = %1
          return
      f4 arrow g(p#17: PoolClient#0)
        b0:
          %0 = p#17
          return %0
      f5 method k(p#20: Ctx#1)
        b0:
          return
      f6 arrow l(p#21: Ctx#1)
        b0:
          %0 = p#21
          return %0
      f7 function m(ctx#22: Ctx#1, options#23: { pool: PoolClient#0 })
        b0:
          return
      "
    `);
  });
});

describe("modules", () => {
  test("imports and exports", () => {
    expect(
      print(`import a, { b as c, type D, default as e } from "x"; import * as ns from "y"; import type F from "z"; import "side"; import { "a b" as g } from "w";
        export { a, c as d }; export { h as i, default as j } from "v"; export * from "u"; export * as k from "t"; export type { D };
        export const l = 1, { m, n: [o] } = p; export function q() {} export class R {} export enum S { A, B = 5, C } export interface T {} export default q;`),
    ).toMatchInlineSnapshot(`
      "
      import default of "x" as a#0
      import b of "x" as c#1
      import type D of "x" as D#2
      import default of "x" as e#3
      import * of "y" as ns#4
      import type default of "z" as F#5
      import a b of "w" as g#6
      export q = q#10
      export a = a#0
      export d = c#1
      export i = h of "v"
      export j = default of "v"
      export * of "u"
      export k = * of "t"
      export D = D#2
      export l = l#7
      export m = m#8
      export o = o#9
      export R = R#11
      export S = S#12
      export T = T#13
      export default = q#10
      type T#13 = {  }
      class 0 R#11
      f0 module
        b0:
          %0 = closure f1
          q#10 = %0
          %1 = 1
          l#7 = %1
          %2 = global p
          %3 = %2.m
          m#8 = %3
          %4 = %2.n
          %5 = element 0 of %4
          o#9 = %5
          %6 = class 0
          R#11 = %6
          %7 = 0
          %8 = 5
          %9 = 6
          %10 = { A: %7, B: %8, C: %9 }
          S#12 = %10
          return
      f1 function q()
        b0:
          return
      "
    `);
  });
  test("`export default` of a value, `export =`, `import = require`", () => {
    expect(print("export default new Pool();")).toMatchInlineSnapshot(`
      "
      export default = default#0
      f0 module
        b0:
          %0 = global Pool
          %1 = new %0() used
          default#0 = %1
          return
      "
    `);
    expect(print("import pg = require('pg'); import Pool = pg.Pool; export = Pool;")).toMatchInlineSnapshot(`
      "
      commonjs module.exports#2
      f0 module
        b0:
          %4 = {}
          module.exports#2 = %4
          %0 = require "pg"
          pg#0 = %0
          %1 = pg#0
          %2 = %1.Pool
          Pool#1 = %2
          %3 = Pool#1
          module.exports#2 = %3
          return
      "
    `);
  });
  test("CommonJS", () => {
    expect(
      print(
        `const { Pool } = require("pg"); module.exports = { pool: new Pool() }; module.exports.a = 1; exports.b = 2; exports = module.exports = c;
         async function load() { const { d } = await import("d"); return d; }`,
        "/a.js",
      ),
    ).toMatchInlineSnapshot(`
      "
      commonjs module.exports#3
      f0 module
        b0:
          %11 = {}
          module.exports#3 = %11
          %0 = closure f1
          load#1 = %0
          %1 = require "pg"
          %2 = %1.Pool
          Pool#0 = %2
          %3 = Pool#0
          %4 = new %3() used
          %5 = { pool: %4 }
          module.exports#3 = %5
          %6 = module.exports#3
          %7 = 1
          %6.a = %7
          %8 = module.exports#3
          %9 = 2
          %8.b = %9
          %10 = global c
          module.exports#3 = %10
          module.exports#3 = %10
          return
      f1 async function load()
        b0:
          %0 = import "d"
          %1 = await %0
          %2 = %1.d
          d#2 = %2
          %3 = d#2
          return %3
      "
    `);
  });
  test("a module of one's own is no module of Node's", () => {
    expect(
      lowerFile("/a.js", "function f(module, exports) { module.exports = 1; exports.a = 2; }").commonjs,
    ).toBeUndefined();
  });
  test("compiled code", () => {
    expect(
      print(
        `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.db = void 0;
         const pg_1 = __importDefault(require("pg")); const ns = __importStar(require("fs")); __exportStar(require("./x"), exports);
         Object.defineProperty(exports, "y", { enumerable: true, get: function () { return ns.y; } }); exports.db = new pg_1.default.Pool();`,
        "/a.js",
      ),
    ).toMatchInlineSnapshot(`
      "
      export * of "./x"
      commonjs module.exports#2
      f0 module
        b0:
          %19 = {}
          module.exports#2 = %19
          %0 = "use strict"
          %1 = module.exports#2
          %2 = true
          %1.__esModule = %2
          %3 = module.exports#2
          %4 = 0
          %5 = undefined
          %3.db = %5
          %6 = require "pg"
          %7 = { default: %6, ...%6 }
          pg_1#0 = %7
          %8 = require "fs"
          %9 = { default: %8, ...%8 }
          ns#1 = %9
          %10 = require "./x"
          %11 = module.exports#2
          %12 = ns#1
          %13 = %12.y
          %11.y = %13
          %14 = module.exports#2
          %15 = pg_1#0
          %16 = %15.default
          %17 = %16.Pool
          %18 = new %17() used
          %14.db = %18
          return
      "
    `);
  });
  test("namespaces and enums are objects", () => {
    expect(
      print(
        "namespace A { export const x = 1; const y = 2; export function f() {} export namespace B.C { export let z = y; } } function F() {} namespace F { export const g = 1; } enum E { a = 'x', b = 1 << 2 }",
      ),
    ).toMatchInlineSnapshot(`
      "
      f0 module
        b0:
          %0 = closure f1
          F#1 = %0
          %1 = closure f2
          f#5 = %1
          %2 = 1
          x#3 = %2
          %3 = 2
          y#4 = %3
          %4 = y#4
          z#7 = %4
          %5 = z#7
          %6 = { z: %5 }
          %7 = { C: %6 }
          B#6 = %7
          %8 = f#5
          %9 = x#3
          %10 = B#6
          %11 = { f: %8, x: %9, B: %10 }
          A#0 = %11
          %12 = 1
          g#8 = %12
          %13 = g#8
          %14 = F#1
          %14.g = %13
          %15 = "x"
          %16 = 1
          %17 = 2
          %18 = operation << %16 %17
          %19 = { a: %15, b: %18 }
          E#2 = %19
          return
      f1 function F()
        b0:
          return
      f2 function f()
        b0:
          return
      "
    `);
  });
  test("ambient declarations bind types without values", () => {
    expect(
      print(
        "declare const db: Pool; declare function f(): void; declare module 'x' { const y: number; } declare global { var z: Pool; }",
      ),
    ).toMatchInlineSnapshot(`
      "
      const db#0: Pool
      f0 module
        b0:
          return
      "
    `);
  });
});

describe("tags", () => {
  test("`@external` and `@pure` belong to the function that follows", () => {
    const { functions } = lowerFile(
      "/a.ts",
      `/** Sends mail. @external */ export async function a() {}
       /** @pure */ const b = () => 1; // @pure is said of b
       class C { /** @external */ d() { return () => 1; } e() {} }
       function g() {}`,
    );
    expect(Object.fromEntries(functions.map(({ name, tags }) => [name ?? "", tags.join()]))).toEqual({
      "": "",
      a: "external",
      b: "pure",
      d: "external",
      e: "",
      g: "",
    });
  });
});

describe("statements", () => {
  test("every statement, outer before inner, with the parts of `try`", () => {
    const text = `import a from "a";
      async function f() { if (x) { y(); } else z(); try { b(); } catch (error) { c(() => { d(); }); } finally { e(); } return 1; }
      class K { m() { throw g; } } label: for (;;) switch (h) { case 1: break; }`;
    const { statements, functions } = lowerFile("/a.ts", text);
    const cut = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
    expect(
      statements.map(
        ({ kind, parent, function: id }) =>
          `${kind} in ${parent < 0 ? "-" : statements[parent]!.kind} of ${functions[id]!.name ?? functions[id]!.kind}`,
      ),
    ).toEqual([
      "import in - of module",
      "function in - of module",
      "if in function of f",
      "block in if of f",
      "expression in block of f",
      "expression in if of f",
      "try in function of f",
      "expression in try of f",
      "expression in try of f",
      "expression in expression of arrow",
      "expression in try of f",
      "return in function of f",
      "class in - of module",
      "throw in class of m",
      "other in - of module",
      "loop in other of module",
      "switch in loop of module",
      "other in switch of module",
    ]);
    const attempt = statements.find(({ kind }) => kind === "try")!;
    expect([cut(attempt.body), cut(attempt.catch), attempt.catchParameter, cut(attempt.finally)]).toEqual([
      "{ b(); }",
      "{ c(() => { d(); }); }",
      "error",
      "{ e(); }",
    ]);
  });
});
