import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const look =
  "select current_setting('search_path') as path, coalesce(current_setting('app.tenant', true), '') as tenant";
const clean = { kind: "value", value: [{ path: '"$user", public', tenant: "" }] };
const session = { example: "session.mjs", fixed: "session.mjs" };

prove(
  "no-session-set",
  act({
    example: "example's schema and tenant are those of the server's next client",
    fixed: "fixed example leaves nothing behind",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const orders = await app.call("ordersOf", "a");
      return { orders, next: await (await stage.stranger("stranger")).ask(look) };
    },
    fault: (seen) => {
      expect(seen.orders.kind).toBe("value");
      expect(seen.next).toEqual({ kind: "value", value: [{ path: "tenant_a", tenant: "a" }] });
    },
    mended: (seen) => {
      expect(seen.orders.kind).toBe("value");
      expect(seen.next).toEqual(clean);
    },
  }),
  act({
    example: "example keeps its settings to itself in session mode: the server is reset before its next client",
    modes: ["session"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const orders = await app.call("ordersOf", "a");
      await app.end();
      return { orders, next: await (await stage.stranger("stranger")).ask(look) };
    },
    fault: (seen) => {
      expect(seen.orders.kind).toBe("value");
      expect(seen.next).toEqual(clean);
    },
  }),
  act({
    example: "example's settings do not reach the next client with `server_reset_query_always = 1`",
    modes: ["transaction"],
    settings: { default_pool_size: 1, server_reset_query_always: 1 },
    play: async (stage) => {
      const app = await stage.application("app");
      const orders = await app.call("ordersOf", "a");
      return { orders, next: await (await stage.stranger("stranger")).ask(look) };
    },
    fault: (seen) => {
      expect(seen.orders.kind).toBe("value");
      expect(seen.next).toEqual(clean);
    },
  }),
  act({
    example: "with `server_reset_query_always = 1` what a statement set is gone at the next one",
    modes: ["transaction"],
    settings: { default_pool_size: 1, server_reset_query_always: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET search_path TO tenant_a");
      return app.call("ask", "show search_path");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ search_path: '"$user", public' }] });
    },
  }),
  act({
    example: "`SET` is lost to its own client as soon as that gets another server",
    modes: ["transaction", "statement"],
    settings: { default_pool_size: 2 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET statement_timeout = '5s'");
      const stranger = await stage.stranger("stranger");
      const lock = await stage.hold("insert into orders (item) values ('book')");
      const insert = stranger.ask("insert into orders (item) values ('book')");
      await lock.wanted();
      const own = await app.call("ask", "show statement_timeout");
      await lock.letGo();
      await insert;
      return { own, stranger: await stranger.ask("show statement_timeout") };
    },
    fault: (seen) => {
      expect(seen.own).toEqual({ kind: "value", value: [{ statement_timeout: "0" }] });
    },
  }),
  act({
    example: "`SET LOCAL` and `set_config(…, true)` outside a transaction have no effect",
    modes: ["transaction", "session"],
    settings: { default_pool_size: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET LOCAL search_path TO tenant_a");
      await app.call("ask", "SELECT set_config('app.tenant', $1, true)", ["a"]);
      return app.call("ask", look);
    },
    fault: (seen) => {
      expect(seen).toEqual(clean);
    },
  }),
  act({
    example: "`SET TIME ZONE` follows its client, and nobody else has it",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET TIME ZONE 'Asia/Tokyo'");
      const stranger = await (await stage.stranger("stranger")).ask("show timezone");
      return { stranger, own: await app.call("ask", "show timezone") };
    },
    fault: (seen) => {
      expect(seen.own).toEqual({ kind: "value", value: [{ TimeZone: "Asia/Tokyo" }] });
      expect(seen.stranger).toMatchObject({ kind: "value" });
      expect(seen.stranger).not.toEqual(seen.own);
    },
  }),
  act({
    example: "`SET intervalstyle` is left to the next client, where PgBouncer is older than 1.20",
    modes: ["transaction"],
    versions: { before: "1.20" },
    settings: { default_pool_size: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET intervalstyle TO iso_8601");
      return (await stage.stranger("stranger")).ask("show intervalstyle");
    },
    fault: (seen) => {
      expect(seen).toEqual({ kind: "value", value: [{ IntervalStyle: "iso_8601" }] });
    },
  }),
  act({
    example: "`SET intervalstyle` follows its client from PgBouncer 1.20 on",
    modes: ["transaction"],
    versions: { since: "1.20" },
    settings: { default_pool_size: 1 },
    applications: session,
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("ask", "SET intervalstyle TO iso_8601");
      const stranger = await (await stage.stranger("stranger")).ask("show intervalstyle");
      return { stranger, own: await app.call("ask", "show intervalstyle") };
    },
    fault: (seen) => {
      expect(seen.own).toEqual({ kind: "value", value: [{ IntervalStyle: "iso_8601" }] });
      expect(seen.stranger).toEqual({ kind: "value", value: [{ IntervalStyle: "postgres" }] });
    },
  }),
);
