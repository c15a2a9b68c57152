/** Files as people write them, which the tests cut, join and damage. */
export const samples: Readonly<Record<string, string>> = {
  "/service.ts": `import { Pool, type PoolClient } from "pg";
import * as schema from './schema.js';

// bouncer-safe-disable-next-line require-application-name -- shared with the legacy service
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10, ...schema.options });
pool.on("error", (error) => console.error(\`pool: \${error.message}\`));

export async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    if (!result && process.env.STRICT) return undefined as never;
    await client.query("COMMIT");
    return result;
  } catch (error) {
    failed = error as Error;
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release(failed);
  }
}

@Injectable()
export class Orders extends Base<Order> implements OnModuleDestroy {
  static #instances = 0;
  private readonly cache = new Map<string, Order>();
  constructor(private readonly db: Pool, @Inject("clock") readonly clock?: Clock) { super(); Orders.#instances++; }
  get size(): number { return this.cache.size; }
  async *rows(ids: readonly string[]) {
    outer: for (const id of ids) {
      for await (const { a, b = 1, ...rest } of this.db.query(sql\`select * from t where id = \${id}\`)) {
        if (a) continue outer;
        switch (b) { case 1: yield rest; case 2: break; default: break outer; }
      }
    }
  }
  async onModuleDestroy() { await Promise.all([this.db.end(), ...this.others?.map(async (o) => o?.end()) ?? []]); }
}
enum Kind { A = "a", B = 1 << 2 }
namespace Inner { export const x = <T,>(y: T): y is T => !!y; }
export default Orders;
`,
  "/legacy.js": `'use strict'
const { Client } = require('pg'), fs = require("fs")
/** @param {import('pg').Client} client */
exports.run = function run(client, cb) {
  var self = this
  client.connect(function (err) {
    if (err) return cb(err)
    else if (self.x && (self.y || !self.z)) { cb(null, /[/"']/.test(self.x) ? 1 : 2) }
    do { self.n-- } while (self.n > 0)
    for (var i = 0, n = 3; i < n; i++) setTimeout(function () { client.end() }, 10 * i)
    for (var k in self) if (self.hasOwnProperty(k)) delete self[k]
    label: { if (n) break label; n = 1, i = 2 }
  })
}
module.exports.Client = class extends Client { constructor(o) { super({ ...o, a: 1, ['b' + 1]: 2, get c() { return 3 }, async *d() {} }); [this.e, this.f = 4] = o } }
`,
  "/view.tsx": `export const View = ({ db, children }: Props) => {
  const [rows, setRows] = useState<Row[]>([]);
  useEffect(() => { void (async () => { setRows(await db.query(\`a\${1}\`)); })(); }, [db]);
  return <Table rows={rows} {...db.props} onClick={async (e) => { try { await db.save(e) } finally { done() } }}>{rows.map((r) => <Row key={r.id} {...r} />)}<>{children}</> {/* bouncer-safe-disable-line */}</Table>;
};
`,
};
