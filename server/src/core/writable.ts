/** What whoever makes a value may still write in it. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
