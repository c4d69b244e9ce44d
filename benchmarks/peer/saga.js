// The trip saga on Restate, with nothing behind its activities: what is measured is the engine.
import * as restate from "@restatedev/restate-sdk";

const legs = ["car", "hotel", "flight"];

// Gives a promise of Restate's, so that several can be awaited at once.
function book(ctx, order, leg, compensations) {
  // Registered before the booking, as it may be unknown whether a booking that fails was made.
  compensations.push(() => ctx.run(`undo ${leg}`, () => {}));
  return ctx.run(`book ${leg}`, () => {
    if (order[leg].startsWith("Invalid")) {
      throw new restate.TerminalError(`The ${leg} '${order[leg]}' is refused.`);
    }
    return `${order[leg]} for ${order.name}`;
  });
}

async function bookAll(ctx, order, compensations) {
  if (order.parallel) {
    return await restate.RestatePromise.all(legs.map((leg) => book(ctx, order, leg, compensations)));
  }

  const confirmations = [];
  for (const leg of legs) {
    confirmations.push(await book(ctx, order, leg, compensations));
  }
  return confirmations;
}

const trips = restate.service({
  name: "trips",
  handlers: {
    book: async (ctx, order) => {
      const compensations = [];
      let result;
      try {
        result = { status: "Confirmed", confirmations: await bookAll(ctx, order, compensations) };
      } catch (e) {
        if (!(e instanceof restate.TerminalError)) {
          throw e;
        }
        for (const undo of compensations.reverse()) {
          await undo();
        }
        result = { status: "Cancelled", reason: e.message };
      }
      await ctx.run("notify", () => {});
      return result;
    },
  },
});

restate.serve({ services: [trips], port: Number(process.env.PORT) });
