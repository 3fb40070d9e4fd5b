// Unmodified socket.io clients, as many as are asked for, all in this process. A command is a JSON
// object a line on standard input; each is answered by one on standard output. Times of arrival are
// milliseconds of the machine's monotonic clock, which Python's `time.monotonic` reads, too.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const AT_ONCE = 25;

/** By server: which price, named by its timestamp, came how often, and when it came last. */
const heard = new Map();
let lost = 0;

function hear(prices, timestamp) {
  const price = prices.get(timestamp) ?? { count: 0, last: 0 };
  price.count += 1;
  price.last = Number(process.hrtime.bigint()) / 1e6;
  prices.set(timestamp, price);
}

async function connectOne(url, prices) {
  const socket = io(url, { forceNew: true, transports: ["websocket"], reconnection: false });
  socket.on("price_update", ({ timestamp }) => hear(prices, timestamp));
  await new Promise((resolve, reject) => {
    socket.on("connect", resolve);
    socket.on("connect_error", reject);
  });
  socket.on("disconnect", () => (lost += 1));
  await socket.emitWithAck("subscribe", { symbol: "ETH/USDT", timeframe: "1h" });
}

const commands = {
  async connect({ server, url, clients }) {
    const prices = new Map();
    heard.set(server, prices);
    for (let done = 0; done < clients; done += AT_ONCE) {
      const some = Math.min(AT_ONCE, clients - done);
      await Promise.all(Array.from({ length: some }, () => connectOne(url, prices)));
    }
    return { clients };
  },
  heard({ server }) {
    return { prices: Object.fromEntries(heard.get(server)), lost };
  },
  forget({ server }) {
    heard.get(server).clear();
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...options } = JSON.parse(line);
  console.log(JSON.stringify(await commands[command](options)));
}
process.exit();
