// The process in which an example runs as an application: it loads one module and calls its exports on request.
// It adds no handler for uncaught errors, so what would end a real process ends this one.
const application = await import(process.argv[2]);

process.on("message", async ({ id, name, args }) => {
  try {
    process.send({ id, value: (await application[name](...args)) ?? null });
  } catch (error) {
    process.send({ id, error: { name: error?.name, message: String(error?.message ?? error), code: error?.code } });
  }
});
process.on("disconnect", () => process.exit(0));
process.send({ ready: true });
