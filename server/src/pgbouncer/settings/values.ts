import type { SettingValue } from "../setting.ts";

export const poolModes: readonly SettingValue[] = [
  { value: "session", meaning: "A client keeps its server connection until it disconnects." },
  { value: "transaction", meaning: "A server connection goes back to the pool at the end of each transaction." },
  {
    value: "statement",
    meaning:
      "A server connection goes back to the pool after each statement; transactions of several statements are refused.",
  },
];

export const clientTlsModes: readonly SettingValue[] = [
  { value: "disable", meaning: "No TLS, whatever the client asks for." },
  { value: "allow", meaning: "TLS where the client asks for it." },
  { value: "prefer", meaning: "The same as `allow`." },
  { value: "require", meaning: "A client without TLS is refused." },
  { value: "verify-ca", meaning: "A client needs TLS and a certificate that `client_tls_ca_file` vouches for." },
  { value: "verify-full", meaning: "The same as `verify-ca`." },
];

export const serverTlsModes: readonly SettingValue[] = [
  { value: "disable", meaning: "No TLS." },
  { value: "allow", meaning: "TLS where the server insists on it." },
  { value: "prefer", meaning: "TLS where the server offers it, else none; the certificate is not checked." },
  { value: "require", meaning: "Always TLS; the certificate is not checked." },
  { value: "verify-ca", meaning: "Always TLS, with a certificate that `server_tls_ca_file` vouches for." },
  { value: "verify-full", meaning: "As `verify-ca`, and the certificate has to be of that host." },
];

export const authTypes: readonly SettingValue[] = [
  { value: "cert", meaning: "The client shows a TLS certificate; its common name is the user." },
  { value: "md5", meaning: "A password checked with MD5, or with SCRAM where the stored secret is one." },
  { value: "scram-sha-256", meaning: "A password checked with SCRAM-SHA-256." },
  { value: "plain", meaning: "The password crosses the network as it is; deprecated." },
  { value: "trust", meaning: "No password is asked; the user has to stand in `auth_file`." },
  { value: "any", meaning: "No password is asked, any user name is taken, and everybody is an admin of the console." },
  { value: "hba", meaning: "`auth_hba_file` decides by address, database and user." },
  { value: "ldap", since: [1, 25], meaning: "An LDAP server checks the password." },
  { value: "pam", meaning: "The PAM service `pgbouncer` of the system checks the password." },
];

export const tlsProtocols: readonly SettingValue[] = [
  { value: "secure", meaning: "TLS 1.2 and 1.3." },
  { value: "all", meaning: "TLS 1.0 to 1.3." },
  { value: "legacy", meaning: "The same as `all`." },
  { value: "tlsv1.0", meaning: "TLS 1.0." },
  { value: "tlsv1.1", meaning: "TLS 1.1." },
  { value: "tlsv1.2", meaning: "TLS 1.2." },
  { value: "tlsv1.3", meaning: "TLS 1.3." },
];

export const tlsCiphers: readonly SettingValue[] = [
  { value: "default", meaning: "OpenSSL's own choice." },
  { value: "secure", meaning: "The same as `default`." },
  { value: "fast", meaning: "Strong ciphers, the fast ones first." },
  { value: "normal", meaning: "Strong and medium ciphers." },
  { value: "compat", meaning: "Strong ciphers and old ones for old clients." },
  { value: "legacy", meaning: "The same as `compat`." },
  { value: "insecure", meaning: "Every cipher, weak ones included." },
  { value: "all", meaning: "The same as `insecure`." },
];

export const loadBalancing: readonly SettingValue[] = [
  { value: "round-robin", meaning: "Each new connection goes to the next host of the list." },
  { value: "disable", meaning: "New connections stay with one host until it fails." },
];

export const syslogFacilities: readonly SettingValue[] = [
  "daemon",
  "auth",
  "authpriv",
  "user",
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((number) => `local${number}`),
].map((value) => ({ value, meaning: `syslog's facility \`${value}\`.` }));
