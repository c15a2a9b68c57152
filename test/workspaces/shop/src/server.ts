import express from "express";
import { port } from "./config.js";
import { itemsOf } from "./catalog/brands.js";
import { addPrice, preparePrices, priceOf } from "./catalog/prices.js";
import { givePoints } from "./customers/customers.js";
import { exportOrders, exportStock } from "./http/exports.js";
import { health } from "./http/health.js";
import { liveOrders, liveStock } from "./http/live.js";
import { countView } from "./http/page-views.js";
import { cancelOrder, findOrder, placeOrder } from "./orders/orders.js";
import { payOrder, refundOrder } from "./orders/payments.js";
import { refuse, restock, takeBack } from "./orders/returns.js";
import { shipOrder } from "./orders/shipping.js";
import { revenueByDay } from "./reports/reports.js";
import { search } from "./stock/search.js";
import { countStock, moveStock } from "./stock/stock.js";

const app = express();
app.use(express.json());

app.get("/health", health);
app.get("/export/orders", exportOrders);
app.get("/export/stock", exportStock);
app.get("/live/orders", liveOrders);
app.get("/live/stock", liveStock);

app.get("/brands/:brand/items", async (request, response) => {
  await countView(`/brands/${request.params.brand}`);
  response.json(await itemsOf(request.params.brand));
});

app.get("/items/:item/price", async (request, response) => {
  response.json({ price: await priceOf(Number(request.params.item)) });
});

app.post("/items/:item/prices", async (request, response) => {
  response.status(201).json({ id: await addPrice(Number(request.params.item), request.body.price) });
});

app.get("/orders/:id", async (request, response) => {
  const order = await findOrder(Number(request.params.id));
  if (order) response.json(order);
  else response.status(404).end();
});

app.post("/orders", async (request, response) => {
  const id = await placeOrder(request.body.customer, request.body.lines);
  response.status(201).json({ id });
});

app.post("/orders/:id/payment", async (request, response) => {
  await payOrder(Number(request.params.id), request.body.card);
  response.status(204).end();
});

app.post("/orders/:id/refund", async (request, response) => {
  await refundOrder(Number(request.params.id), request.body.charge);
  response.status(204).end();
});

app.post("/orders/:id/shipment", async (request, response) => {
  await shipOrder(Number(request.params.id));
  response.status(204).end();
});

app.delete("/orders/:id", async (request, response) => {
  response.status((await cancelOrder(Number(request.params.id))) ? 204 : 409).end();
});

app.post("/orders/:id/return", async (request, response) => {
  await takeBack(Number(request.params.id), request.body.reason);
  if (request.body.refused) await refuse(Number(request.params.id), request.body.note);
  else await restock(request.body.lines, request.body.place);
  response.status(204).end();
});

app.get("/search", async (request, response) => {
  response.json(await search(String(request.query.q ?? "")));
});

app.post("/stock/:item/moves", async (request, response) => {
  const { from, to, amount } = request.body;
  await moveStock(Number(request.params.item), from, to, amount);
  response.status(204).end();
});

app.post("/stock/:item/counts", async (request, response) => {
  await countStock(Number(request.params.item), request.body.place, request.body.amount);
  response.status(204).end();
});

app.post("/customers/:id/points", async (request, response) => {
  await givePoints(Number(request.params.id), request.body.to, request.body.points);
  response.status(204).end();
});

app.get("/reports/revenue", async (request, response) => {
  response.json(await revenueByDay(new Date(String(request.query.from)), new Date(String(request.query.to))));
});

await preparePrices();
app.listen(port, () => console.log(`shop listens on ${port}`));
