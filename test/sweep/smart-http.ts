import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of git's smart protocol over HTTP. */
export interface SmartServer {
  readonly url: string;
  /** What was asked for, as `POST /acme/app.git/git-upload-pack`. */
  readonly asked: readonly string[];
  /** The command lines of all processes of this machine while it was being asked. */
  readonly processes: () => string;
  /** Packs break off in the middle as long as this holds. */
  isCut: boolean;
  /** Bytes of an answer, after which it breaks off. */
  longest: number;
  /** Bytes of answers that were sent so far. */
  sent: number;
  /** Nothing but files, as a web server without git has them: gitprotocol-http(5), "Dumb Clients". */
  isDumb: boolean;
}

/** Serves the repositories of a folder by git-http-backend(1), to whoever has the login; it ends with the process. */
export async function smartServer(root: string, login: string): Promise<SmartServer> {
  const asked: string[] = [];
  const seen = new Set<string>();
  const wanted = `Basic ${Buffer.from(login).toString("base64")}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    for (const line of commandLines()) seen.add(line);
    if (request.headers.authorization !== wanted)
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
    else backend(root, request, response, self);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  server.unref();
  const self: SmartServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    processes: () => [...seen].join("\n"),
    isCut: false,
    longest: Number.POSITIVE_INFINITY,
    sent: 0,
    isDumb: false,
  };
  return self;
}

/** RFC 3875: the request by environment and standard input, the answer's head before its body. */
function backend(root: string, request: IncomingMessage, response: ServerResponse, self: SmartServer): void {
  const [path = "", query = ""] = request.url!.split("?");
  const {
    "content-type": type = "",
    "content-encoding": encoding = "",
    "git-protocol": protocol = "",
  } = request.headers;
  const child = spawn("git", ["http-backend"], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      PATH_INFO: path,
      QUERY_STRING: self.isDumb ? "" : query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: type,
      HTTP_CONTENT_ENCODING: encoding,
      GIT_PROTOCOL: String(protocol),
      REMOTE_USER: "somebody",
    },
  });
  request.pipe(child.stdin).on("error", () => {});
  let said = Buffer.alloc(0);
  child.stdout.on("data", (piece: Buffer) => {
    said = Buffer.concat([said, piece]);
  });
  child.once("close", () => {
    const end = said.indexOf("\r\n\r\n");
    const headers = said
      .subarray(0, end)
      .toString("latin1")
      .split("\r\n")
      .map((line) => line.split(": ", 2) as [string, string]);
    const status = Number(headers.find(([name]) => name === "Status")?.[1].slice(0, 3) ?? 200);
    const body = said.subarray(end + 4);
    response.writeHead(status, { ...Object.fromEntries(headers), "content-length": String(body.length) });
    const cut = self.isCut && body.includes("PACK") ? body.length >> 1 : Math.min(self.longest, body.length);
    self.sent += cut;
    if (cut < body.length) response.write(body.subarray(0, cut), () => response.destroy());
    else response.end(body);
  });
}

function commandLines(): string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc", { withFileTypes: true })
    .filter(({ name }) => /^\d+$/.test(name))
    .map(({ name }) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ");
      } catch {
        return "";
      }
    });
}
