// The process in which an example runs as an application: it loads one module and calls its exports on request.
// It adds no handler for uncaught errors, so what would end a real process ends this one.
const application = await import(process.argv[2]);

process.on("message", async ({ id, calls, order }) => {
  const answers = [];
  if (order === "at once") answers.push(...(await Promise.all(calls.map(answer))));
  else for (const call of calls) answers.push(await answer(call));
  process.send({ id, answers });
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });

async function answer([name, ...args]) {
  try {
    return { kind: "value", value: (await application[name](...args)) ?? null };
  } catch (error) {
    return { kind: "error", name: error?.name, message: String(error?.message ?? error), code: error?.code };
  }
}
