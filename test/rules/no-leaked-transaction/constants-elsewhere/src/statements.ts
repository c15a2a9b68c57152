export const BEGIN = "BEGIN"; // related "The statement.s text is written here"
export const COMMIT = "COMMIT";
export const ROLLBACK = "ROLLBACK";

export const insertOrder = "insert into orders (item) values ($1)";
