function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const port = Number(process.env.PORT ?? 3000);
export const paymentsUrl = required("PAYMENTS_URL");
export const warehouseUrl = required("WAREHOUSE_URL");
