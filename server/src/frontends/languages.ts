/** By its name: the language decides the front end, the resolver and the drivers. */
export const isPython = (path: string): boolean => path.endsWith(".py");
