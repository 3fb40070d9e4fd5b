// Node's socket.io server as its documentation shows it: each price of standard input, a JSON object
// a line, goes to the room. Ends with its standard input.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http);

io.on("connection", (socket) => {
  socket.on("subscribe", ({ symbol }, acknowledge) => {
    socket.join(symbol);
    acknowledge({ ok: true });
  });
});

createInterface({ input: process.stdin })
  .on("line", (line) => io.to("ETH/USDT").emit("price_update", JSON.parse(line)))
  .on("close", () => process.exit());

http.listen(Number(process.argv[2]), "127.0.0.1");
