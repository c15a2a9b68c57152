import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const session = { example: "session.mjs", fixed: "session.mjs" };
const ids = "select id::int, item from orders";

prove(
  "no-session-function",
  act({
    example: "example answers with a stranger's order, whose server it got between its two statements",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    play: async (stage) => {
      const other = await stage.stranger("other");
      const next = await stage.stranger("next");
      const lock = await stage.hold("insert into orders (item) values ('book')");
      const app = await stage.application("app");
      const order = app.begin(["createOrder", "book"]);
      await lock.wanted();
      await other.ask("begin");
      await other.ask("insert into orders (item) values ('lamp')");
      // Who waits gets the server that the INSERT leaves.
      const begun = next.ask("begin");
      await stage.waiting(1);
      await lock.letGo();
      await begun;
      await other.ask("commit");
      const [answer] = await order.answers();
      return { answer, rows: await stage.truth(ids) };
    },
    fault: (seen) => {
      const lamp = seen.rows.find(({ item }) => item === "lamp");
      expect(seen.rows.map(({ item }) => item).sort()).toEqual(["book", "lamp"]);
      expect(seen.answer).toEqual({ kind: "value", value: String(lamp?.id) });
    },
  }),
  act({
    example: "example answers with its own order in session mode",
    modes: ["session"],
    play: async (stage) => {
      const stranger = await stage.stranger("stranger");
      const app = await stage.application("app");
      await stranger.ask("insert into orders (item) values ('lamp')");
      const answer = await app.call("createOrder", "book");
      return { answer, rows: await stage.truth(ids) };
    },
    fault: (seen) => {
      const book = seen.rows.find(({ item }) => item === "book");
      expect(seen.answer).toEqual({ kind: "value", value: String(book?.id) });
    },
  }),
  act({
    example: "`currval()` and `lastval()` know nothing on a server that has called no `nextval()`",
    modes: ["transaction"],
    settings: { default_pool_size: 2 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "insert into orders (item) values ('book')");
      await (await stage.stranger("stranger")).ask("begin");
      const currval = await app.call("ask", "select currval('orders_id_seq')");
      return [currval, await app.call("ask", "select lastval()")];
    },
    fault: (seen) => {
      for (const answer of seen) expect(answer).toMatchObject({ kind: "error", code: "55000" });
    },
  }),
  act({
    example: "`RESET ALL` and `DISCARD` take away what another client left on the server",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      const stranger = await stage.stranger("stranger");
      const seen = [];
      for (const reset of ["RESET ALL", "DISCARD ALL"]) {
        await app.call("ask", "SET search_path TO tenant_a");
        await stranger.ask(reset);
        seen.push(await app.call("ask", "show search_path"));
      }
      return seen;
    },
    fault: (seen) => {
      for (const answer of seen) expect(answer).toEqual({ kind: "value", value: [{ search_path: '"$user", public' }] });
    },
  }),
);
