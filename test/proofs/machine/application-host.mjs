// The process in which an example runs as an application: it loads one module and calls its exports on request.
// It adds no handler for uncaught errors, so what would end a real process ends this one.
const application = await import(process.argv[2]);

process.on("message", async ({ id, calls, order }) => {
  const reply = async (at) => process.send({ id, at, answer: await answer(calls[at]) });
  for (const at of calls.keys()) {
    const replied = reply(at);
    if (order === "one after another") await replied;
  }
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });

async function answer([name, ...args]) {
  try {
    return { kind: "value", value: (await application[name](...args)) ?? null };
  } catch (error) {
    return { kind: "error", name: error?.name, message: told(error), code: error?.code ?? error?.cause?.code };
  }
}

// Some libraries wrap what the server said.
function told(error) {
  const message = String(error?.message ?? error);
  const cause = error?.cause?.message;
  return cause && !message.includes(cause) ? `${message} (${cause})` : message;
}
