import type { OpenProvider, ProviderName } from "./provider.ts";

/** How each provider is opened; each is a chunk of its own. */
export const OPEN: Readonly<Record<ProviderName, () => Promise<OpenProvider>>> = {
  github: async () => (await import("./github.ts")).openGithub,
  gitlab: async () => (await import("./gitlab.ts")).openGitlab,
  jenkins: async () => (await import("./jenkins.ts")).openJenkins,
  circleci: async () => (await import("./circleci.ts")).openCircleci,
  azure: async () => (await import("./azure.ts")).openAzure,
  buildkite: async () => (await import("./buildkite.ts")).openBuildkite,
  travis: async () => (await import("./travis.ts")).openTravis,
};
