import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Report } from "../../src/model/index.ts";
import { scan } from "../../src/scan/scan.ts";
import { type FetchedLogsRequest, prepareFetchedLogs } from "../../src/setup/prepare-fetched-logs.ts";

/** A request that a service was asked. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** A server on this machine that answers as a provider's documentation says. */
export interface Service {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** What a service answers. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array | object;
    }
  /** Half of an answer, and then nothing. */
  | { readonly cut: string | Uint8Array };

/** Starts a service; it ends with the process. */
export async function service(answer: (asked: Asked, before: number) => Answer): Promise<Service> {
  const asked: Asked[] = [];
  const server = createServer(({ url, headers }, response) => {
    const { pathname, searchParams } = new URL(url!, "http://localhost");
    const request = { path: pathname, query: searchParams, headers };
    const before = asked.filter(({ path }) => path === pathname).length;
    asked.push(request);
    say(answer(request, before), response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function say(answer: Answer, response: ServerResponse): void {
  if ("cut" in answer) {
    response.writeHead(200, { "content-length": String(answer.cut.length) });
    response.write(answer.cut.slice(0, answer.cut.length / 2), () => response.destroy());
    return;
  }
  const { status = 200, headers = {}, body = "" } = answer;
  const isText = typeof body === "string" || body instanceof Uint8Array;
  response.writeHead(status, { ...(isText ? {} : { "content-type": "application/json; charset=utf-8" }), ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** Waits last milliseconds instead of seconds. */
export const QUICK = { second: 1, silence: 5000 };

/** The report on what a provider has. */
export async function swept(request: FetchedLogsRequest): Promise<Report> {
  const signal = new AbortController().signal;
  const { sources, options, close } = await prepareFetchedLogs({ jobs: 1, patience: QUICK, ...request }, signal);
  let report: Report | undefined;
  for await (const event of scan(sources, options)) if (event.type === "report") report = event.report;
  close();
  if (!report) throw new Error("a scan ended without a report");
  return report;
}

export const gapsOf = ({ gaps }: Report): string[] => gaps.map(({ what, why }) => `${what}: ${why}`);
