import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A folder that says which libraries there are, and that PgBouncer pools transactions. */
export function writePythonTree(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "requirements.txt"), "sqlalchemy==2.0.30\npsycopg2==2.9.9\nrequests==2.31.0\n");
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    "[databases]\napp = host=127.0.0.1\n\n[pgbouncer]\npool_mode = transaction\n",
  );
}

/** One source of about this many lines in which every function waits for others with its transaction open, and leaves a setting behind. */
export function longPython(lines: number): string {
  const parts = [
    `import requests
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

engine = create_engine("postgresql://app@pgbouncer:6432/app")
Session = sessionmaker(bind=engine)
`,
  ];
  for (let index = 0, length = 6; length < lines; index++) {
    const part = place(index);
    parts.push(part);
    length += part.split("\n").length - 1;
  }
  return parts.join("");
}

const place = (index: number): string => `

def place_order_${index}(order_id, items):
    """Places one order."""
    session = Session()
    total = 0
    for item in items:
        total += item["price"] * item.get("count", 1)
    row = session.execute(text("SELECT * FROM orders WHERE id = :id"), {"id": order_id}).first()
    if row is None:
        return None
    session.execute(text("SET search_path TO tenant_${index}"))
    answer = requests.post("https://pay.example.com", json={"total": total})
    session.execute(text("UPDATE orders SET paid = true WHERE id = :id"), {"id": order_id})
    session.commit()
    session.close()
    return answer.status_code
`;
