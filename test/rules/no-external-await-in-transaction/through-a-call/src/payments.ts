export async function charge(order: number) {
  const response = await fetch("https://payments.internal/charge", { method: "POST", body: String(order) }); // want warning "`fetch\(\)` waits for the network"
  return response.ok;
}
