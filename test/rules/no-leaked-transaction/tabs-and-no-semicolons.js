import { pool } from './db.ts'

export async function transfer(from, to, amount) {
	const client = await pool.connect()
	await client.query('BEGIN') // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
	const { rows } = await client.query('select balance from accounts where id = $1', [from])
	if (rows[0].balance < amount) return undefined
	await client.query('update accounts set balance = balance - $2 where id = $1', [from, amount])
	await client.query('COMMIT')
	client.release()
	return rows[0].balance - amount
}
