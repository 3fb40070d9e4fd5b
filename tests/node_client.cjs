// The JavaScript client as a page uses it: prints what it hears, a JSON line each.
const path = require("node:path");
const { createRequire } = require("node:module");

const [url, frontend, transports, place] = process.argv.slice(2);
const { io } = createRequire(path.join(frontend, "package.json"))("socket.io-client");
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const room = { symbol: "ETH/USDT", timeframe: "1m" };

const socket = io(url, { transports: transports.split(","), forceNew: true });
socket.onAny((event, payload) => say({ event, payload, transport: socket.io.engine.transport.name }));
socket.on("disconnect", (reason) => say({ event: "gone", payload: { reason } }));
socket.on("connect_error", (error) => say({ event: "failed", payload: { reason: error.message } }));
socket.on("connect", () => {
  const wish = place ? ["resume", { ...room, ...JSON.parse(place) }] : ["subscribe", room];
  socket.emit(...wish, (payload) => say({ event: "ack", payload }));
});
process.stdin.on("end", () => process.exit(0)).resume();
