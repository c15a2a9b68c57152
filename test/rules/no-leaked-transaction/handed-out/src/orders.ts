import { begin, finish, open, Unit } from "./units.ts";

const ship = "update orders set status = 'shipped' where id = $1";

export async function good(id: number) {
  const client = await begin();
  try {
    await client.query(ship, [id]);
  } catch (error) {
    await finish(client, "ROLLBACK");
    throw error;
  }
  await finish(client, "COMMIT");
}

export async function throws(id: number) {
  const client = await begin(); // want "`begin\(\)` has no COMMIT or ROLLBACK on one path"
  await client.query(ship, [id]); // related "may throw here"
  await finish(client, "COMMIT");
}

export async function pair(id: number) {
  const [client, commit, rollback] = await open();
  try {
    await client.query(ship, [id]);
    await commit();
  } catch (error) {
    await rollback();
    throw error;
  }
}

export async function leakingPair(id: number) {
  const [client, commit] = await open(); // want "`open\(\)` has no COMMIT or ROLLBACK on one path"
  const { rowCount } = await client.query(ship, [id]);
  if (rowCount === 0) return false;
  await commit();
  return true;
}

export async function unit(id: number) {
  const work = await Unit.start();
  try {
    await work.run(ship, [id]);
    await work.commit();
  } catch (error) {
    await work.rollback();
    throw error;
  }
}

export async function leakingUnit(id: number) {
  const work = await Unit.start(); // want "`Unit.start\(\)` has no COMMIT or ROLLBACK on one path"
  await work.run(ship, [id]);
  if (id === 0) return;
  await work.commit();
}

/** Whoever asked for it ends it. */
export const forOthers = () => begin();
