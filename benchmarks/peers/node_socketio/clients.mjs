// Unmodified socket.io clients, as many as are asked for, all in this process. A command is a JSON
// object a line on standard input; each is answered by one on standard output. Times of arrival are
// milliseconds of the machine's monotonic clock, which Python's `time.monotonic` reads, too.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const AT_ONCE = 25;

/** By the name of a server, what its clients in this process have heard. */
const audiences = new Map();

class Audience {
  /** By a price's timestamp: how often it came, and when it came last. */
  prices = {};
  events = 0;
  /** Why connections ended. */
  lost = [];

  hear(event, payload) {
    this.events += 1;
    if (event !== "price_update") return;
    const price = (this.prices[payload.timestamp] ??= { count: 0, last: 0 });
    price.count += 1;
    price.last = Number(process.hrtime.bigint()) / 1e6;
  }
}

async function connectOne(url, audience) {
  const socket = io(url, { forceNew: true, transports: ["websocket"], reconnection: false });
  socket.onAny((event, payload) => audience.hear(event, payload));
  await new Promise((resolve, reject) => {
    socket.on("connect", resolve);
    socket.on("connect_error", reject);
  });
  socket.on("disconnect", (reason) => audience.lost.push(reason));
  await socket.emitWithAck("subscribe", { symbol: "ETH/USDT", timeframe: "1h" });
}

const commands = {
  async connect({ server, url, clients }) {
    const audience = new Audience();
    audiences.set(server, audience);
    for (let done = 0; done < clients; done += AT_ONCE) {
      const some = Math.min(AT_ONCE, clients - done);
      await Promise.all(Array.from({ length: some }, () => connectOne(url, audience)));
    }
    return { clients };
  },
  heard: ({ server }) => audiences.get(server),
  forget({ server }) {
    Object.assign(audiences.get(server), { prices: {}, events: 0 });
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...options } = JSON.parse(line);
  console.log(JSON.stringify(await commands[command](options)));
}
process.exit();
