import type { Jose } from "../jose.ts";
import { APPLE } from "./apple.ts";
import { DOCKER_REGISTRY, JFROG } from "./artifacts.ts";
import { ATLASSIAN } from "./atlassian.ts";
import { AUTH0 } from "./auth0.ts";
import { CI } from "./ci.ts";
import { COGNITO, COGNITO_REFRESH } from "./cognito.ts";
import { DIRECTUS, HASURA, POSTGREST } from "./database-roles.ts";
import { DEPLOY } from "./deploy.ts";
import { EMBEDDING } from "./embedding.ts";
import { ENTRA } from "./entra.ts";
import { FIREBASE, FIREBASE_APP_CHECK, FIREBASE_CUSTOM } from "./firebase.ts";
import { GITHUB_ACTIONS, GITHUB_APP, GITHUB_INSTALLATION, GITHUB_RUNTIME } from "./github.ts";
import { GITLAB_CI } from "./gitlab.ts";
import { GOOGLE_ID, GOOGLE_SIGNED } from "./google.ts";
import { KEYCLOAK } from "./keycloak.ts";
import { KUBERNETES } from "./kubernetes.ts";
import { OKTA } from "./okta.ts";
import type { Profile } from "./profile.ts";
import { REALTIME } from "./realtime.ts";
import { SALESFORCE } from "./salesforce.ts";
import { SERVICES } from "./services.ts";
import { SESSIONS } from "./sessions.ts";
import { SUPABASE } from "./supabase.ts";
import { VAPID } from "./vapid.ts";
import { WAREHOUSE } from "./warehouse.ts";
import { WORKLOAD } from "./workload.ts";
import { ZOOM } from "./zoom.ts";

/**
 * Every vendor's tokens; the first that knows a token reads it. Those known by their issuer or prefix come before those
 * known by the shape of their claims, and the narrower before the wider.
 */
export const PROFILES: readonly Profile[] = [
  GITHUB_INSTALLATION,
  GITHUB_ACTIONS,
  GITLAB_CI,
  ...CI,
  KUBERNETES,
  ENTRA,
  COGNITO,
  COGNITO_REFRESH,
  FIREBASE,
  FIREBASE_CUSTOM,
  FIREBASE_APP_CHECK,
  GOOGLE_ID,
  GOOGLE_SIGNED,
  SUPABASE,
  ...ATLASSIAN,
  OKTA,
  SALESFORCE,
  ...SESSIONS,
  ...WAREHOUSE,
  ...SERVICES,
  ...ZOOM,
  ...APPLE,
  VAPID,
  JFROG,
  DOCKER_REGISTRY,
  ...DEPLOY,
  ...WORKLOAD,
  ...REALTIME,
  ...EMBEDDING,
  KEYCLOAK,
  HASURA,
  DIRECTUS,
  AUTH0,
  GITHUB_RUNTIME,
  GITHUB_APP,
  POSTGREST,
];

/** The profile that knows this token; undefined for one of nobody's in particular. */
export function profileOf(token: Jose): Profile | undefined {
  return PROFILES.find((profile) => profile.detect(token));
}
