import { has, number, text } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** Argo CD: accounts and projects (argo-cd.readthedocs.io, "User Management", "Projects"). */
const ARGOCD: Profile = {
  name: "Argo CD token",
  provider: "argocd",
  detect: ({ claims }) => text(claims, "iss") === "argocd",
  read: ({ claims }) => {
    const [account, ...rest] = (text(claims, "sub") ?? "").split(":");
    const project = account === "proj" ? rest[0] : undefined;
    return {
      kind: rest.at(-1) === "login" ? "session" : "access",
      principal: rest.at(-1) === "login" ? "user" : "service account",
      facts: facts({ project, account: project ? undefined : account }),
      hints: hints({
        power: [project ? 3 : 4, project ? `deploys in project ${project}` : "deploys to the clusters of Argo CD"],
        breadth: [project ? "service" : "multi", project ? "one project" : "every application of the account"],
        reach: ["mints", "what it deploys runs with other credentials"],
        data: ["confidential", "manifests, logs and Secrets of applications"],
      }),
    };
  },
};

/** Portainer sessions: role 1 is the administrator. */
const PORTAINER: Profile = {
  name: "Portainer session",
  provider: "portainer",
  detect: ({ claims }) => has(claims, "forceChangePassword") && has(claims, "role"),
  read: ({ claims }) => {
    const admin = number(claims, "role") === 1;
    return {
      kind: "session",
      principal: "user",
      roles: [],
      hints: hints({
        power: [admin ? 4 : 3, admin ? "administers every container host" : "runs containers"],
        breadth: [admin ? "multi" : "service", admin ? "every environment" : "the environments of its user"],
        reach: ["mints", "containers run with other credentials"],
        data: ["confidential", "container environments and logs"],
      }),
    };
  },
};

/** Gitea and Forgejo OAuth tokens: `gnt` is the grant, `tt` 1 a refresh token. */
const GITEA: Profile = {
  name: "Gitea OAuth token",
  provider: "gitea",
  detect: ({ claims }) => has(claims, "gnt") && has(claims, "tt"),
  read: ({ claims }) => {
    const refresh = number(claims, "tt") === 1;
    return {
      kind: refresh ? "refresh" : "access",
      principal: "user",
      hints: hints({
        power: [3, "acts as its user on the repositories"],
        breadth: ["multi", "every repository of its user"],
        reach: ["mints", "may change code and workflows, which run with other credentials"],
        data: ["confidential", "private repositories"],
        ...(refresh && { refresh: [true, "can be renewed"] as const }),
      }),
    };
  },
};

export const DEPLOY: readonly Profile[] = [ARGOCD, PORTAINER, GITEA];
