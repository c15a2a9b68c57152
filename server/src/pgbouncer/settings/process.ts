import type { SettingsData } from "../setting.ts";
import { syslogFacilities } from "./values.ts";

/** [pgbouncer]: where it listens, what it writes, names and the network. */
export const processSettings: SettingsData = {
  listen_addr: {
    type: "names",
    default: "",
    restart: true,
    meaning: "The addresses on which PgBouncer listens; `*` means all, nothing means the Unix socket alone.",
  },
  listen_port: {
    type: "integer",
    default: "6432",
    restart: true,
    meaning: "The port, for TCP and in the name of the Unix socket.",
  },
  listen_backlog: {
    type: "integer",
    default: "128",
    restart: true,
    meaning: "How many connections may wait to be accepted by PgBouncer.",
  },
  so_reuseport: {
    type: "switch",
    default: "0",
    restart: true,
    meaning: "Lets several PgBouncers of one machine share a port, to use more than one processor.",
  },
  peer_id: {
    type: "integer",
    default: [{ since: [1, 19], value: "0" }],
    since: [1, 19],
    meaning:
      "This PgBouncer's number among those that share an address, so that requests to cancel a query find their way; 0 means there are no others.",
  },
  unix_socket_dir: {
    type: "path",
    default: "/tmp",
    restart: true,
    meaning: "The folder of the Unix socket; nothing turns it off. Packages often change the default.",
  },
  unix_socket_mode: {
    type: "integer",
    default: "0777",
    restart: true,
    meaning: "The file mode of the Unix socket, in octal with a leading 0.",
  },
  unix_socket_group: {
    type: "text",
    default: "",
    restart: true,
    meaning: "The group of the Unix socket.",
  },
  user: {
    type: "text",
    restart: true,
    meaning: "The user of the system that PgBouncer becomes when root starts it; it does not run as root.",
  },
  pidfile: {
    type: "path",
    default: "",
    restart: true,
    meaning: "The file that holds the process id; needed to run as a daemon.",
  },
  conffile: {
    type: "path",
    meaning: "The file that the next reload reads; normally the one from the command line.",
  },
  job_name: {
    type: "text",
    default: "pgbouncer",
    restart: true,
    meaning: "The name of the process in its log.",
  },
  service_name: {
    type: "text",
    aliasOf: "job_name",
    windowsOnly: true,
    restart: true,
    meaning: "The name of the Windows service.",
  },
  logfile: {
    type: "path",
    default: "",
    meaning: "The file that the log goes to, beside the standard error output.",
  },
  syslog: {
    type: "switch",
    default: "0",
    meaning: "Sends the log to syslog.",
  },
  syslog_ident: {
    type: "text",
    default: "pgbouncer",
    meaning: "The name under which syslog knows PgBouncer.",
  },
  syslog_facility: {
    type: "text",
    values: syslogFacilities,
    default: "daemon",
    meaning: "The facility under which messages go to syslog.",
  },
  log_connections: {
    type: "switch",
    default: "1",
    meaning: "Logs every login.",
  },
  log_disconnections: {
    type: "switch",
    default: "1",
    meaning: "Logs every end of a connection with its reason.",
  },
  log_pooler_errors: {
    type: "switch",
    default: "1",
    meaning: "Logs the errors that PgBouncer itself sends to clients.",
  },
  log_stats: {
    type: "switch",
    default: "1",
    meaning: "Logs a summary of the load every `stats_period` seconds.",
  },
  stats_period: {
    type: "integer",
    unit: "seconds",
    default: "60",
    meaning: "How often averages are computed and logged.",
  },
  verbose: {
    type: "integer",
    meaning: "How much is logged beyond the usual; 0 is the least.",
  },
  application_name_add_host: {
    type: "switch",
    default: "0",
    meaning:
      "Adds the client's address and port to its application_name, so that pg_stat_activity shows where a query comes from.",
  },
  dns_max_ttl: {
    type: "seconds",
    unit: "seconds",
    default: "15",
    meaning: "How long the address of a host is remembered.",
  },
  dns_nxdomain_ttl: {
    type: "seconds",
    unit: "seconds",
    default: "15",
    meaning: "How long it is remembered that a host has no address.",
  },
  dns_zone_check_period: {
    type: "seconds",
    unit: "seconds",
    default: "0",
    meaning: "How often PgBouncer asks whether a zone has changed, to look its hosts up again; 0 means never.",
  },
  resolv_conf: {
    type: "path",
    default: "",
    restart: true,
    meaning: "A resolv.conf of its own in place of the system's.",
  },
  pkt_buf: {
    type: "integer",
    unit: "bytes",
    default: "4096",
    restart: true,
    meaning: "The size of the buffer of each connection.",
  },
  max_packet_size: {
    type: "integer",
    unit: "bytes",
    default: "2147483647",
    meaning: "The largest message (a query, a row) that goes through.",
  },
  sbuf_loopcnt: {
    type: "integer",
    default: "5",
    meaning: "How many buffers of one connection are handled before the next connection has its turn; 0 means all.",
  },
  tcp_defer_accept: {
    type: "switch",
    default: "1",
    meaning: "Accepts a connection only when its first bytes are there (Linux).",
  },
  tcp_socket_buffer: {
    type: "integer",
    unit: "bytes",
    default: "0",
    meaning: "The size of the system's buffer for each socket; 0 leaves it to the system.",
  },
  tcp_keepalive: {
    type: "switch",
    default: "1",
    meaning: "Lets the system find out whether the other side of a silent connection is still there.",
  },
  tcp_keepcnt: {
    type: "integer",
    default: "0",
    meaning: "How many probes without an answer end a connection; 0 leaves it to the system.",
  },
  tcp_keepidle: {
    type: "integer",
    unit: "seconds",
    default: "0",
    meaning: "How long a connection is silent before it is probed; 0 leaves it to the system.",
  },
  tcp_keepintvl: {
    type: "integer",
    unit: "seconds",
    default: "0",
    meaning: "The time between two probes; 0 leaves it to the system.",
  },
  tcp_user_timeout: {
    type: "integer",
    unit: "milliseconds",
    default: "0",
    meaning:
      "How long sent data may go unacknowledged before the connection is given up (Linux); 0 leaves it to the system.",
  },
};
