/** Loads PostgreSQL's parser once. Never rejects. */
export const loadSqlParser = async (): Promise<void> => {};
