import assert from "node:assert/strict";
import { test } from "node:test";
import { leakreach } from "../cli/leakreach.ts";
import { many, NOW, place, sweeping } from "../sweep/sweeping.ts";
import { SERVERS, serverFor } from "./servers.ts";
import { jobsIn, recorded, until, worker } from "./working.ts";

/** Repositories of the sweep; `.ci/run` takes more. */
const REPOSITORIES = Number(process.env.LEAKREACH_QUEUE_REPOSITORIES ?? 40);

const isAny = SERVERS.some(({ start }) => start);
const root = isAny ? many(REPOSITORIES) : "";
/** What one machine says of them. */
const undisturbed = isAny ? (await sweeping(place(), root, "--format", "json")).stdout : "";

for (const kind of SERVERS)
  test(`${kind.name}: a worker killed, the server crashed, the sweep killed: nothing is lost, nothing reported twice`, async (context) => {
    const server = await serverFor(context, kind);
    if (!server) return;
    const store = place();
    const flags = ["--queue", server.address, "--store", store, "--now", NOW, "--format", "json"];
    // What the sweep of another server had them look through is none of this one's.
    const cache = place();
    const workers = [1, 2, 3].map(() => worker(server.address, "--root", root, "--cache", cache));
    const share = (part: number) => until(() => recorded(store) >= REPOSITORIES * part, `${part} of the sweep`);
    await leakreach(["sweep", root, ...flags], {
      during: async (child) => {
        await share(0.2);
        workers[0]!.child.kill("SIGKILL");
        await share(0.4);
        await server.crash();
        await share(0.6);
        child.kill("SIGKILL");
      },
    });
    assert.ok(recorded(store) < REPOSITORIES, "the sweep was killed midway");
    const resumed = await leakreach(["sweep", "--resume", ...flags]);
    assert.equal(resumed.stdout, undisturbed, resumed.stderr);
    assert.equal(await jobsIn(server.address), 0, "nothing is left in the queue");
    for (const { child } of workers.slice(1)) child.kill("SIGTERM");
    for (const { ended, said } of workers.slice(1)) assert.equal(await ended, 0, said());
  });
