import type { SettingsData } from "../setting.ts";
import { authTypes, clientTlsModes, serverTlsModes, tlsCiphers, tlsProtocols } from "./values.ts";

const shadowQuery = "SELECT usename, passwd FROM pg_shadow WHERE usename=$1";
const authidQuery =
  "SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END FROM pg_authid WHERE rolname=$1 AND rolcanlogin";

const oldAndNewCiphers = [{ value: "fast" }, { since: [1, 21], value: "default" }] as const;

/** [pgbouncer]: who may connect, and TLS on both sides. */
export const accessSettings: SettingsData = {
  auth_type: {
    type: "choice",
    values: authTypes,
    default: "md5",
    meaning: "How clients prove who they are.",
  },
  auth_file: {
    type: "path",
    meaning: "The file with the users and their passwords or secrets.",
  },
  auth_hba_file: {
    type: "path",
    default: "",
    meaning:
      "The file that decides, as PostgreSQL's pg_hba.conf does, how each client proves who it is; for `auth_type = hba`.",
  },
  auth_ident_file: {
    type: "path",
    since: [1, 23],
    meaning: "The file that maps names of the system to names of the database; for `auth_type = hba`.",
  },
  auth_ldap_options: {
    type: "text",
    since: [1, 25],
    meaning: "How the LDAP server is asked, in the words of pg_hba.conf; for `auth_type = ldap`.",
  },
  auth_user: {
    type: "text",
    meaning: "The user that runs `auth_query` for clients that do not stand in `auth_file`.",
  },
  auth_query: {
    type: "sql",
    default: [{ value: shadowQuery }, { since: [1, 24, 1], value: authidQuery }],
    meaning: "The query that finds the password of a user; `$1` is the user's name.",
  },
  auth_dbname: {
    type: "text",
    since: [1, 19],
    meaning: "The database in which `auth_query` runs; else it is the one that the client asked for.",
  },
  scram_iterations: {
    type: "integer",
    default: [{ since: [1, 25], value: "4096" }],
    since: [1, 25],
    meaning: "How many rounds a password goes through for SCRAM: more are safer and slower.",
  },
  admin_users: {
    type: "names",
    default: "",
    meaning: "Users who may run every command on the admin console.",
  },
  stats_users: {
    type: "names",
    default: "",
    meaning: "Users who may read on the admin console, with the SHOW commands alone.",
  },
  client_tls_sslmode: {
    type: "choice",
    values: clientTlsModes,
    default: "disable",
    meaning: "Whether clients use TLS; needs a key and a certificate unless it is `disable`.",
  },
  client_tls_key_file: {
    type: "path",
    default: "",
    meaning: "PgBouncer's private key for clients.",
  },
  client_tls_cert_file: {
    type: "path",
    default: "",
    meaning: "PgBouncer's certificate for clients.",
  },
  client_tls_ca_file: {
    type: "path",
    default: "",
    meaning: "The authorities that certificates of clients have to come from.",
  },
  client_tls_protocols: {
    type: "names",
    values: tlsProtocols,
    default: "secure",
    meaning: "The versions of TLS that clients may use.",
  },
  client_tls_ciphers: {
    type: "text",
    values: tlsCiphers,
    default: oldAndNewCiphers,
    meaning: "The ciphers that clients may use up to TLS 1.2, as OpenSSL writes them.",
  },
  client_tls13_ciphers: {
    type: "text",
    since: [1, 25],
    meaning: "The cipher suites that clients may use with TLS 1.3.",
  },
  client_tls_ecdhcurve: {
    type: "text",
    values: [
      { value: "auto", meaning: "OpenSSL chooses." },
      { value: "none", meaning: "No key exchange over elliptic curves." },
    ],
    default: "auto",
    meaning: "The elliptic curve for the key exchange with clients.",
  },
  client_tls_dheparams: {
    type: "text",
    values: [
      { value: "auto", meaning: "2048 bits." },
      { value: "none", meaning: "No such key exchange." },
      { value: "legacy", meaning: "1024 bits." },
    ],
    default: "auto",
    meaning: "The classic Diffie-Hellman key exchange with clients.",
  },
  server_tls_sslmode: {
    type: "choice",
    values: serverTlsModes,
    default: [{ value: "disable" }, { since: [1, 20], value: "prefer" }],
    meaning: "Whether connections to PostgreSQL use TLS, and whether the server has to prove who it is.",
  },
  server_tls_ca_file: {
    type: "path",
    default: "",
    meaning: "The authorities that the server's certificate has to come from; for `verify-ca` and `verify-full`.",
  },
  server_tls_key_file: {
    type: "path",
    default: "",
    meaning: "The private key with which PgBouncer proves itself to the server.",
  },
  server_tls_cert_file: {
    type: "path",
    default: "",
    meaning: "The certificate with which PgBouncer proves itself to the server.",
  },
  server_tls_protocols: {
    type: "names",
    values: tlsProtocols,
    default: "secure",
    meaning: "The versions of TLS that may be used with the server.",
  },
  server_tls_ciphers: {
    type: "text",
    values: tlsCiphers,
    default: oldAndNewCiphers,
    meaning: "The ciphers that may be used with the server up to TLS 1.2, as OpenSSL writes them.",
  },
  server_tls13_ciphers: {
    type: "text",
    since: [1, 25],
    meaning: "The cipher suites that may be used with the server with TLS 1.3.",
  },
};
