export const BEGIN = "BEGIN";
export const COMMIT = "COMMIT";
export const ROLLBACK = "ROLLBACK";

export const insertOrder = "insert into orders (item) values ($1)";
