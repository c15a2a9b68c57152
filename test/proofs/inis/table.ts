/**
 * Ini files, good and bad, with whether PgBouncer starts with them. `{port}` is a free port, `{folder}` a folder that is its working
 * directory and holds `users.txt` and the files of `included`.
 */
export interface IniCase {
  readonly name: string;
  readonly text: string;
  /** A version: starts from there on. */
  readonly starts: boolean | "1.19" | "1.20" | "1.21" | "1.24" | "1.25";
}

/** Files beside each case, for `%include`. */
export const included: Readonly<Record<string, string>> = {
  "settings.ini": "max_client_conn = 50\n",
  "sections.ini": "[users]\napp = pool_mode=session\n",
  "broken.ini": "max_client_conn 50\n",
  "main.ini": "[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n",
  "itself.ini": "%include itself.ini\n",
};

const listening = ["listen_addr = 127.0.0.1", "listen_port = {port}", "unix_socket_dir ="];
const file = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const settings = (...lines: readonly string[]): string => file(["[pgbouncer]", ...listening, ...lines]);
const databases = (...lines: readonly string[]): string => file(["[databases]", ...lines, "[pgbouncer]", ...listening]);
const users = (...lines: readonly string[]): string => file(["[users]", ...lines, "[pgbouncer]", ...listening]);
const peers = (...lines: readonly string[]): string => file(["[pgbouncer]", ...listening, "[peers]", ...lines]);

type Row = readonly [text: string, starts: IniCase["starts"]];

const named = (group: string, rows: readonly Row[]): readonly IniCase[] =>
  rows.map(([text, starts]) => ({ name: `${group}: ${distinct(text)}`, text, starts }));

/** What is of the case alone, in one line. */
const distinct = (text: string): string =>
  text
    .split("\n")
    .filter((line) => line !== "" && !listening.includes(line))
    .join(" ⏎ ")
    .slice(0, 90);

const grammar = named("grammar", [
  [settings(), true],
  [settings("; comment", "# comment", "   ; indented", "\t# with a tab"), true],
  [settings("  pool_mode = session"), true],
  [settings("pool_mode=session"), true],
  [settings("pool_mode   =   session   "), true],
  [settings("pool_mode\t=\tsession"), true],
  [settings("pool_mode = session ; comment"), false],
  [settings("max_client_conn = 100 # comment"), false],
  [settings("logfile = ; comment"), true],
  [settings("admin_users = postgres ; comment"), true],
  [settings("server_reset_query = DISCARD ALL ; RESET ALL"), true],
  [settings("listen_addr = 127.0.0.1 ; this machine"), false],
  [settings("pidfile = {folder}/pid ; beside the file"), true],
  [settings("resolv_conf = {folder}/resolv.conf ; beside the file"), true],
  [settings("unix_socket_group = postgres ; the server's"), true],
  [settings("user = postgres ; the server's"), false],
  [settings("server_check_query = select 1 ; cheap"), true],
  [settings("server_tls_sslmode = disable", "server_tls_protocols = secure ; as usual"), true],
  [settings("server_tls_sslmode = prefer", "server_tls_protocols = secure ; as usual"), false],
  [settings("track_extra_parameters = IntervalStyle ; as usual"), "1.20"],
  [settings("auth_user = auth ; as usual"), true],
  [settings("pool_mode: session"), false],
  [settings("pool_mode session"), false],
  [settings("pool_mode"), false],
  [settings("= session"), false],
  [settings("*LOGGING*"), false],
  [settings("---"), false],
  [settings("// comment"), false],
  [settings("pool mode = session"), false],
  [settings("%include settings.ini"), true],
  [settings("%include\tsettings.ini"), true],
  [settings("%include sections.ini"), true],
  [settings("%include broken.ini"), false],
  [settings("%includes settings.ini"), false],
  [settings("%include"), false],
  [settings("%include itself.ini"), false],
  ["%include main.ini\n", true],
  ["%include settings.ini\n[pgbouncer]\n", false],
  [settings().replaceAll("\n", "\r\n"), true],
  [settings().trimEnd(), true],
  [settings("pool_mode = session", "pool_mode = transaction"), true],
  [settings("[pgbouncer]", ...listening), true],
  [`[pgbouncer] ; comment\n${listening.join("\n")}\n`, true],
  [`[pgbouncer] listen_addr = 127.0.0.1\n${listening.slice(1).join("\n")}\n`, true],
  [settings("[databases] [users]"), true],
  [`[pgbouncer\n${listening.join("\n")}\n`, false],
  [`[ pgbouncer ]\n${listening.join("\n")}\n`, false],
  [`[PGBOUNCER]\n${listening.join("\n")}\n`, false],
  [`pool_mode = session\n${settings()}`, false],
  ["[databases]\n", false],
  ["", false],
  ["; nothing\n", false],
  [settings("[logging]"), false],
  [settings("[database]"), false],
  [settings("[peers]"), "1.19"],
]);

const names = named("names", [
  [databases("logfile = /var/log/pgbouncer.log"), false],
  [settings("POOL_MODE = session"), false],
  [settings("Pool_Mode = session"), false],
  [settings("poolmode = session"), false],
  [settings("pool_size = 20"), false],
  [settings("max_connections = 20"), false],
  [settings("log_queries = 1"), false],
  [settings("service_name = pooler"), false],
  [settings("job_name = pooler"), true],
  [settings("conffile = {folder}/other.ini"), true],
  [settings("auth_dbname = postgres"), "1.19"],
  [settings("peer_id = 1"), "1.19"],
  [settings("cancel_wait_timeout = 5"), "1.19"],
  [settings("track_extra_parameters = search_path"), "1.20"],
  [settings("max_prepared_statements = 100"), "1.21"],
  [settings("auth_ident_file ="), "1.24"],
  [settings("max_db_client_connections = 10"), "1.24"],
  [settings("max_user_client_connections = 10"), "1.24"],
  [settings("transaction_timeout = 10"), "1.25"],
  [settings("query_wait_notify = 10"), "1.25"],
  [settings("scram_iterations = 4096"), "1.25"],
  [settings("client_tls13_ciphers ="), "1.25"],
  [settings("auth_ldap_options ="), "1.25"],
]);

const values = named("values", [
  [settings("pool_mode = Transaction"), true],
  [settings("pool_mode = STATEMENT"), true],
  [settings("pool_mode = transactional"), false],
  [settings("pool_mode ="), false],
  [settings('pool_mode = "session"'), false],
  [settings("pool_mode = 'session'"), false],
  [settings("server_lifetime = 1h"), false],
  [settings("server_lifetime = 30s"), false],
  [settings("server_lifetime = 30 seconds"), false],
  [settings("server_lifetime = 1.5"), true],
  [settings("server_lifetime = .5"), true],
  [settings("server_lifetime = 1e3"), true],
  [settings("server_lifetime = -1"), false],
  [settings("server_lifetime = 1,5"), false],
  [settings("server_lifetime ="), false],
  [settings("server_lifetime = inf"), true],
  [settings("max_client_conn = 1000"), true],
  [settings("max_client_conn = 0x20"), true],
  [settings("max_client_conn = +20"), true],
  [settings("max_client_conn = 010"), true],
  [settings("max_client_conn = 08"), false],
  [settings("max_client_conn = 1_000"), false],
  [settings("max_client_conn = 1k"), false],
  [settings("max_client_conn = 20.0"), false],
  [settings("max_client_conn ="), false],
  [settings("default_pool_size = twenty"), false],
  [settings("reserve_pool_size = -1"), true],
  [settings("log_connections = true"), false],
  [settings("log_connections = yes"), false],
  [settings("log_connections = 2"), true],
  [settings("stats_period = 0.5"), false],
  [settings("verbose = 3"), true],
  [settings("unix_socket_mode = 0700"), true],
  [settings("unix_socket_mode = rwx"), false],
  [settings("auth_type = SCRAM-SHA-256"), true],
  [settings("auth_type = scram"), false],
  [settings("auth_type = peer"), false],
  [settings("auth_type = ldap"), "1.25"],
  [settings("auth_type = any"), true],
  [settings("auth_type = hba"), true],
  [settings("auth_file = {folder}/missing.txt"), true],
  [settings("auth_dbname = pgbouncer"), false],
  [settings("ignore_startup_parameters = a,,b"), true],
  [settings("server_check_query ="), true],
  [settings("server_tls_sslmode = on"), false],
  [settings("server_tls_sslmode = verify-full"), true],
  [settings("client_tls_sslmode = require"), false],
  [settings("client_tls_sslmode = allow", "client_tls_key_file = {folder}/key.pem"), false],
  [settings("auth_type = cert"), false],
  [file(["[pgbouncer]", "unix_socket_dir ="]), false],
  [file(["[pgbouncer]", "listen_port = {port}", "unix_socket_dir = {folder}"]), true],
]);

const entries = named("entries", [
  [databases("shop = host=127.0.0.1 port=5432 dbname=shop user=app password=secret"), true],
  [databases("shop ="), true],
  [databases("shop = host = 127.0.0.1   dbname = shop"), true],
  [databases("shop = host=127.0.0.1 password='it''s; # fine'"), true],
  [databases("shop = host=127.0.0.1 password='open"), false],
  [databases("shop = host=127.0.0.1 password=''"), false],
  [databases("shop = host="), false],
  [databases("shop = host= port=5432"), true],
  [databases("shop = host"), false],
  [databases("shop = host=127.0.0.1 ; comment"), false],
  [databases("shop = host=127.0.0.1 # a=b"), false],
  [databases("shop = host=127.0.0.1, port=5432"), true],
  [databases("shop = postgres://app@127.0.0.1/shop"), false],
  [databases("shop = host=127.0.0.1 port=x"), false],
  [databases("shop = host=127.0.0.1 port=0"), false],
  [databases("shop = host=127.0.0.1 port=5432x"), true],
  [databases("shop = host=127.0.0.1 pool_size=many"), true],
  [databases("shop = host=127.0.0.1 poolsize=5"), false],
  [databases("shop = host=127.0.0.1 sslmode=require"), false],
  [databases("shop = HOST=127.0.0.1"), false],
  [databases("shop = host=127.0.0.1 pool_mode=Session"), true],
  [databases("shop = host=127.0.0.1 pool_mode=tx"), false],
  [databases("shop = host=127.0.0.1 min_pool_size=2 reserve_pool=3 max_db_connections=9"), true],
  [databases("shop = host=127.0.0.1 reserve_pool_size=3"), "1.24"],
  [databases("shop = host=127.0.0.1 load_balance_hosts=disable"), "1.24"],
  [databases("shop = host=127.0.0.1 load_balance_hosts=random"), false],
  [databases("shop = host=127.0.0.1 auth_query='select 1'"), "1.24"],
  [databases("shop = host=127.0.0.1 server_lifetime=9"), "1.24"],
  [databases("shop = host=127.0.0.1 connect_query='set a to b' timezone=UTC datestyle=ISO client_encoding=UTF8"), true],
  [databases("* = host=127.0.0.1"), true],
  [databases("* = host=127.0.0.1 poolsize=5"), true],
  [databases("* = nonsense"), true],
  [databases("pgbouncer = host=127.0.0.1"), false],
  [databases('"shop" = host=127.0.0.1'), false],
  [databases("'shop' = host=127.0.0.1"), "1.25"],
  [databases("my-shop.eu_1 = host=127.0.0.1"), true],
  [databases("my shop = host=127.0.0.1"), false],
  [databases("shöp = host=127.0.0.1"), false],
  [databases(`${"d".repeat(63)} = host=127.0.0.1`), true],
  [databases(`${"d".repeat(64)} = host=127.0.0.1`), false],
  [databases("shop = host=127.0.0.1", "shop = host=127.0.0.2"), true],
  [users("app = pool_mode=session max_user_connections=5"), true],
  [users("app = pool_mode=sessions"), false],
  [users("app = max_connections=5"), false],
  [users("app = pool_size=5"), "1.24"],
  [users("app = query_timeout=5"), "1.24"],
  [users("app = transaction_timeout=5"), "1.25"],
  [users("app = session"), false],
  [peers("1 = host=127.0.0.1 port=6433 pool_size=5"), "1.19"],
  [peers("1 = port=6433"), false],
  [peers("one = host=127.0.0.1"), false],
  [peers("0 = host=127.0.0.1"), false],
]);

/** As people write them; the addresses and files are of the test. */
const whole = named("whole", [
  [
    file([
      ";;; production",
      "[databases]",
      "shop = host=db port=5432 dbname=shop pool_size=25",
      "shop_jobs = host=db port=5432 dbname=shop pool_size=8",
      "",
      "[pgbouncer]",
      ...listening,
      "auth_type = scram-sha-256",
      "auth_file = {folder}/users.txt",
      "pool_mode = transaction",
      "max_client_conn = 200",
      "default_pool_size = 20",
      "min_pool_size = 5",
      "reserve_pool_size = 5",
      "reserve_pool_timeout = 3",
      "ignore_startup_parameters = extra_float_digits,options",
      "admin_users = shop_admin",
      "tcp_keepalive = 1",
      "tcp_keepidle = 30",
    ]),
    true,
  ],
  [
    file([
      "[databases]",
      "* = host=postgres port=5432 auth_user=pgbouncer",
      "[pgbouncer]",
      ...listening,
      "auth_type = md5",
      "auth_query = SELECT usename, passwd FROM public.lookup($1)",
      "pool_mode = transaction",
      "max_prepared_statements = 200",
      "server_tls_sslmode = prefer",
    ]),
    "1.21",
  ],
  [
    file([
      "[databases]",
      "app = host=localhost dbname=app",
      "[pgbouncer]",
      ...listening,
      "*CONNECTION POOL SETTINGS*",
      "pool_mode = transaction",
    ]),
    false,
  ],
  [
    file([
      "[databases]",
      "app = host=localhost dbname=app user=app password=app",
      "[pgbouncer]",
      ...listening,
      "auth_type = trust",
      "auth_file = {folder}/users.txt",
      "log_pool_errors = 1",
    ]),
    false,
  ],
]);

/** Every case. */
export const iniCases: readonly IniCase[] = [...grammar, ...names, ...values, ...entries, ...whole];

/** What the case says of a version, such as `1.18`. */
export const startsWith = ({ starts }: IniCase, version: string): boolean =>
  typeof starts === "boolean" ? starts : Number(version.split(".")[1]) >= Number(starts.split(".")[1]);
