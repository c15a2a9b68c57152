import { describe, expect, test } from "vitest";
import { headOf, print, printOf } from "./print.ts";

describe("names", () => {
  test("are local to the function that assigns them, unless it says otherwise", () => {
    expect(
      print(
        "a = 1\nb = 2\ndef f():\n    global a\n    a = b\n    c = a\n    def g():\n        nonlocal c\n        c = 3",
      ),
    ).toMatchInlineSnapshot(`
      "
      export a = a#0
      export b = b#1
      export f = f#2
      f0 module
        b0:
          %0 = 1
          a#0 = %0
          %1 = 2
          b#1 = %1
          %2 = closure f1
          f#2 = %2
          return
      f1 function f()
        b0:
          %0 = b#1
          a#0 = %0
          %1 = a#0
          c#3 = %1
          %2 = closure f2
          g#4 = %2
          return
      f2 function g()
        b0:
          %0 = 3
          c#3 = %0
          return
      "
    `);
  });
  test("of a class body are its attributes, and not seen by its methods", () => {
    expect(
      print(
        "engine = make()\nclass A:\n    engine = engine\n    size = 1\n    def m(self):\n        return engine, self.size",
      ),
    ).toMatchInlineSnapshot(`
      "
      export engine = engine#0
      export A = A#1
      class 0 A#1
        static initializer f1
        static field engine
        static field size
        method m f2
      f0 module
        b0:
          %0 = global make
          %1 = call %0() used
          engine#0 = %1
          %2 = class 0
          A#1 = %2
          return
      f1 static initializer of class 0()
        b0:
          %0 = engine#0
          engine#2 = %0
          %1 = this
          %1.engine = %0
          %2 = 1
          size#3 = %2
          %3 = this
          %3.size = %2
          return
      f2 method of class 0 m()
        b0:
          %0 = engine#0
          %1 = this
          %2 = %1.size
          %3 = [%0, %2]
          return %3
      "
    `);
  });
});

describe("functions", () => {
  test("parameters of every kind", () => {
    expect(printOf(1, "def f(a, /, b: int = 1, *args, c, d=None, **kw): pass")).toMatchInlineSnapshot(`
      "
      f1 function f(a#1, b#2?: int, ...args#3, *c#4, *d#5?, **kw#6)
        b0:
          %1 = b#2
          %2 = 1
          %0 = either %1 ?? %2
          b#2 = %0
          return
      "
    `);
  });
  test("defaults are made where the function is", () => {
    expect(print("def f(db=Depends(get_db)):\n    db.x()")).toMatchInlineSnapshot(`
      "
      export f = f#0
      f0 module
        b0:
          %0 = global Depends
          %1 = global get_db
          %2 = call %0(%1) used
          #2 = %2
          %3 = closure f1
          f#0 = %3
          return
      f1 function f(db#1?)
        b0:
          %1 = db#1
          %2 = #2
          %0 = either %1 ?? %2
          db#1 = %0
          %3 = db#1
          %4 = %3.x
          %5 = call %4() as %3.x dropped
          return
      "
    `);
  });
  test("generators and lambdas", () => {
    expect(print("def f():\n    x = yield 1\n    yield from x\ng = lambda a, *b: a")).toMatchInlineSnapshot(`
      "
      export f = f#0
      export g = g#1
      f0 module
        b0:
          %0 = closure f1
          f#0 = %0
          %1 = closure f2
          g#1 = %1
          return
      f1 function* f()
        b0:
          %0 = 1
          %1 = yield %0
          x#2 = %1
          %2 = x#2
          %3 = yield* %2
          return
      f2 arrow(a#3, ...b#4)
        b0:
          %0 = a#3
          return %0
      "
    `);
  });
  test("decorators are evaluated, then called with the function", () => {
    expect(print("@app.get('/x')\n@wrap\nasync def f(): pass")).toMatchInlineSnapshot(`
      "
      export f = f#0
      f0 module
        b0:
          %0 = global app
          %1 = %0.get
          %2 = "/x"
          %3 = decorator %1(%2) as %0.get used
          %4 = global wrap
          %5 = closure f1
          %6 = decorator %4(%5) used
          %7 = decorator %3(%6) used
          f#0 = %7
          return
      f1 async function f @app.get @wrap()
        b0:
          return
      "
    `);
  });
});

describe("classes", () => {
  test("methods, properties, class and static methods; the first parameter is `this`", () => {
    expect(
      print(`class A(Base, Mixin[T]):
    x: Pool
    def __init__(self, pool):
        super().__init__(pool)
        self.pool = pool
    @property
    def p(self) -> Pool: return self.pool
    @classmethod
    def make(cls): return cls(1)
    @staticmethod
    def s(a): return a
    async def q(self):
        def inner(): return self.pool
        return super().q()
`),
    ).toMatchInlineSnapshot(`
      "
      export A = A#0
      class 0 A#0 extends %2 (Base) implements Mixin<T>
        constructor f2
        static initializer f1
        field x: Pool
        @property getter p f3: Pool
        @classmethod static method make f4
        @staticmethod static method s f5
        method q f6
      f0 module
        b0:
          %0 = global Base
          %1 = global Mixin
          %2 = either %0 || %1
          %3 = class 0
          A#0 = %3
          return
      f1 static initializer of class 0()
        b0:
          return
      f2 constructor of class 0 __init__(pool#7)
        b0:
          %0 = super
          %1 = pool#7
          %2 = call %0(%1) dropped
          %3 = pool#7
          %4 = this
          %4.pool = %3
          return
      f3 getter of class 0 p @property(): Pool
        b0:
          %0 = this
          %1 = %0.pool
          return %1
      f4 static method of class 0 make @classmethod()
        b0:
          %0 = this
          %1 = 1
          %2 = call %0(%1) returned
          return %2
      f5 static method of class 0 s @staticmethod(a#8)
        b0:
          %0 = a#8
          return %0
      f6 async method of class 0 q()
        b0:
          %0 = closure f7
          inner#9 = %0
          %1 = super
          %2 = %1.q
          %3 = call %2() as %1.q returned
          return %3
      f7 arrow inner()
        b0:
          %0 = this
          %1 = %0.pool
          return %1
      "
    `);
  });
  test("`Base.__init__(self, …)` runs the constructor of the superclass", () => {
    expect(
      printOf(2, "from base import Base\nclass A(Base):\n    def __init__(self, a):\n        Base.__init__(self, a)"),
    ).toMatchInlineSnapshot(`
      "
      f2 constructor of class 0 __init__(a#3)
        b0:
          %0 = super
          %1 = this
          %2 = a#3
          %3 = call %0(%2) dropped
          return
      "
    `);
  });
  test("a dataclass is constructed from its fields", () => {
    expect(print("@dataclass\nclass Deps:\n    pool: Pool\n    size: int = 5")).toMatchInlineSnapshot(`
      "
      export Deps = Deps#0
      class 0 Deps#0 @dataclass
        constructor f2
        static initializer f1
        field pool: Pool
        static field size: int
      f0 module
        b0:
          %0 = class 0
          Deps#0 = %0
          return
      f1 static initializer of class 0()
        b0:
          %0 = 5
          size#2 = %0
          %1 = this
          %1.size = %0
          return
      f2 constructor of class 0(pool#3, size#4?)
        b0:
          %0 = this
          %1 = pool#3
          %0.pool = %1
          %2 = this
          %3 = size#4
          %2.size = %3
          return
      "
    `);
  });
});

describe("types", () => {
  test("annotations, in quotes too", () => {
    expect(
      headOf(`import a.b
from db import Session
x: Session = f()
y: "Optional[Session]" = None
z: Session | None
l: list[Session]
m: dict[str, Session]
n: a.b.Pool
o: Union[Session, None, "a.b.Pool"]
type Alias = Session
`),
    ).toMatchInlineSnapshot(`
      "
      import * of "a" as a#0
      import * of "a.b" as a#1
      import Session of "db" as Session#2
      export a = a#0
      export Session = Session#2
      export x = x#3
      export y = y#4
      export z = z#5
      export l = l#6
      export m = m#7
      export n = n#8
      export o = o#9
      export Alias = Alias#10
      type Alias#10 = Session#2
      const x#3: Session#2
      const y#4: Session#2
      const z#5: Session#2
      const l#6: (Session#2)[]
      const m#7: dict<str, Session#2>
      const n#8: b#1.Pool
      const o#9: Session#2 | b#1.Pool
      "
    `);
  });
  test("`Annotated[Session, Depends(get_db)]` hands over what the dependency makes", () => {
    expect(
      print("Dep = Annotated[Session, Depends(get_db)]\ndef f(a: Dep, b: Annotated[Session, Depends(other)]): pass"),
    ).toMatchInlineSnapshot(`
      "
      export Dep = Dep#0
      export f = f#1
      type Dep#0 = Session
      f0 module
        b0:
          %0 = global Depends
          %1 = global get_db
          %2 = call %0(%1) used
          %3 = either %2
          Dep#0 = %3
          %4 = global Depends
          %5 = global other
          %6 = call %4(%5) used
          #4 = %6
          %7 = closure f1
          f#1 = %7
          return
      f1 function f(a#2: Dep#0, b#3: Session)
        b0:
          %1 = a#2
          %2 = Dep#0
          %0 = either %1 ?? %2
          a#2 = %0
          %4 = b#3
          %5 = #4
          %3 = either %4 ?? %5
          b#3 = %3
          return
      "
    `);
  });
  test("of a generator, what it yields", () => {
    expect(printOf(1, "def get_db() -> Iterator[Session]:\n    yield make()")).toMatchInlineSnapshot(`
      "
      f1 function* get_db(): Session
        b0:
          %0 = global make
          %1 = call %0() used
          %2 = yield %1
          return
      "
    `);
  });
});
