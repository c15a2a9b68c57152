/**
 * Variables of the process that the server runs in. glibc gives each thread of V8 a heap of its own and keeps what is freed there: 20 to 30 MB once the
 * parser of PostgreSQL has been compiled. Other systems do not know the names.
 */
export const environment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "65536",
};
