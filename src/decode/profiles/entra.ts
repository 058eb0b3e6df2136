import type { Hint, Power, Traits } from "../../model/index.ts";
import { type Claims, entryOf, has, list, object, text, words } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

interface Api {
  readonly name: string;
  /** Absent: the scopes decide. */
  readonly power?: Power;
  readonly breadth?: Traits["breadth"];
  readonly reach?: Traits["reach"];
  readonly data?: Traits["data"];
}

const GRAPH: Api = { name: "Microsoft Graph" };
const AAD_GRAPH: Api = { name: "Azure AD Graph (retired)" };
const ARM: Api = { name: "Azure Resource Manager", power: 4, breadth: "multi", reach: "mints", data: "confidential" };
const KEY_VAULT: Api = { name: "Key Vault", power: 4, reach: "mints", data: "confidential" };
const DEVOPS: Api = { name: "Azure DevOps", power: 4, reach: "mints", data: "confidential" };
const STORAGE: Api = { name: "Azure Storage", power: 3, reach: "secrets-likely", data: "confidential" };
const SQL: Api = { name: "Azure SQL", power: 3, reach: "none", data: "confidential" };
const OFFICE: Api = { name: "SharePoint or Exchange", power: 3, reach: "secrets-likely", data: "confidential" };

/** Well-known audiences (learn.microsoft.com, "Verify first-party Microsoft applications in sign-in reports"). */
const APIS: ReadonlyMap<string, Api> = new Map([
  ["00000003-0000-0000-c000-000000000000", GRAPH],
  ["https://graph.microsoft.com", GRAPH],
  ["00000002-0000-0000-c000-000000000000", AAD_GRAPH],
  ["https://graph.windows.net", AAD_GRAPH],
  ["797f4846-ba00-4fd7-ba43-dac1f8f63013", ARM],
  ["https://management.azure.com", ARM],
  ["https://management.core.windows.net", ARM],
  ["cfa8b339-82a2-471a-a3c9-0fc0be7a4093", KEY_VAULT],
  ["https://vault.azure.net", KEY_VAULT],
  ["499b84ac-1321-427f-aa17-267ca6975798", DEVOPS],
  ["6dae42f8-4368-4678-94ff-3960e28e3630", { name: "AKS API server", power: 4, reach: "mints", data: "confidential" }],
  ["e406a681-f3d4-42a8-90b6-c2b029497af1", STORAGE],
  ["https://storage.azure.com", STORAGE],
  ["022907d3-0f1b-48f7-badc-1ba6abab6d66", SQL],
  ["https://database.windows.net", SQL],
  ["00000003-0000-0ff1-ce00-000000000000", OFFICE],
  ["00000002-0000-0ff1-ce00-000000000000", OFFICE],
  [
    "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
    { name: "Azure Databricks", power: 3, reach: "mints", data: "confidential" },
  ],
  ["ca7f3f0b-7d91-482c-8e09-c5d840d0eac5", { name: "Log Analytics", power: 2, reach: "secrets-likely" }],
]);

/** Directory roles with a path to Global Administrator (template ids are Microsoft's; our tier follows emiliensocchi/azure-tiering). */
const TIER0_ROLES: ReadonlyMap<string, string> = new Map([
  ["62e90394-69f5-4237-9190-012177145e10", "Global Administrator"],
  ["e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"],
  ["7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator"],
  ["194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator"],
  ["b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator"],
  ["e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8", "Partner Tier2 Support"],
  ["9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator"],
  ["158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator"],
  ["8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", "Hybrid Identity Administrator"],
  ["9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers"],
  ["c4e39bd9-1100-46d3-8c65-fb160da0071f", "Authentication Administrator"],
  ["fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator"],
  ["729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"],
  ["966707d0-3269-4727-9be2-8c3a10f19b9d", "Password Administrator"],
  ["fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator"],
  ["3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator"],
  ["29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator"],
  ["f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator"],
  ["69091246-20e8-4a56-aa4d-066075b2a7a8", "Teams Administrator"],
  ["45d8d3c5-c802-45c6-b32a-1d70b5e1e86e", "Identity Governance Administrator"],
  ["8329153b-31d0-4727-b945-745eb3bc5f31", "Domain Name Administrator"],
  ["be2f45a1-457d-42af-a067-6ec1fa63bc45", "External Identity Provider Administrator"],
  ["59d46f88-662b-457b-bceb-5c3809e5908f", "Lifecycle Workflows Administrator"],
  ["11451d60-acb2-45eb-a7d6-43d0f0125c13", "Windows 365 Administrator"],
  ["e3973bdf-4987-49ae-837a-ba8e231c7286", "Azure DevOps Administrator"],
  ["db506228-d27e-4b7d-95e5-295956d6615f", "Agent ID Administrator"],
  ["d2562ede-74db-457e-a7b6-544e236ebb61", "AI Administrator"],
  ["b5a8dcf3-09d5-43a9-a639-8e29ef291470", "Knowledge Administrator"],
  ["744ec460-397e-42ad-a462-8b3f9747a02c", "Knowledge Manager"],
  ["4ba39ca4-527c-499a-b93d-d9b492c50246", "Partner Tier1 Support"],
  ["810a2642-a034-447f-a5e8-41beaa378541", "Yammer Administrator"],
]);

/** Graph application permissions with such a path (learn.microsoft.com/graph/permissions-reference; same tiering). */
const TIER0_PERMISSIONS: ReadonlySet<string> = new Set(
  `RoleManagement.ReadWrite.Directory AppRoleAssignment.ReadWrite.All Application.ReadWrite.All
  Application.ReadWrite.OwnedBy Application.ReadUpdate.All Directory.ReadWrite.All Group.ReadWrite.All
  GroupMember.ReadWrite.All User.ReadWrite.All User-PasswordProfile.ReadWrite.All User.EnableDisableAccount.All
  User.DeleteRestore.All UserAuthenticationMethod.ReadWrite.All UserAuthMethod-TAP.ReadWrite.All
  UserAuthMethod-Phone.ReadWrite.All UserAuthMethod-QR.ReadWrite.All UserAuthMethod-HardwareOATH.ReadWrite.All
  SignInIdentifier.ReadWrite.All PrivilegedAccess.ReadWrite.AzureADGroup PrivilegedAccess.ReadWrite.AzureAD
  PrivilegedAccess.ReadWrite.AzureResources PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup
  PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup RoleAssignmentSchedule.ReadWrite.Directory
  RoleEligibilitySchedule.ReadWrite.Directory RoleManagementPolicy.ReadWrite.AzureADGroup
  RoleManagementPolicy.ReadWrite.Directory Policy.ReadWrite.ConditionalAccess Policy.ReadWrite.AuthenticationMethod
  Policy.ReadWrite.PermissionGrant Organization.ReadWrite.All Domain.ReadWrite.All EntitlementManagement.ReadWrite.All
  AdministrativeUnit.ReadWrite.All DelegatedAdminRelationship.ReadWrite.All DeviceManagementConfiguration.ReadWrite.All
  DeviceManagementRBAC.ReadWrite.All DeviceManagementScripts.ReadWrite.All Group-OnPremisesSyncBehavior.ReadWrite.All
  SecurityIdentitiesActions.ReadWrite.All Synchronization.ReadWrite.All`.split(/\s+/),
);

/** Graph permissions that read other people's mail, files and chats. */
const CONTENT = /^(?:Mail|Files|Sites|Chat|ChannelMessage|Notes|Calendars|BitlockerKey|AuditLog)\./i;

/** Scopes about nobody but the user who signed in. */
const OWN_PROFILE = /^(?:User\.Read|openid|profile|email|offline_access)$/i;

const CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

const CLIENT_AUTHENTICATION: Readonly<Record<string, string>> = { "0": "public", "1": "secret", "2": "certificate" };

/** Microsoft Entra ID v1 and v2 (learn.microsoft.com/entra/identity-platform/access-token-claims-reference). */
export const ENTRA: Profile = {
  name: "Microsoft Entra token",
  provider: "azure",
  dictionary: "entra",
  detect: ({ claims }) =>
    /^https:\/\/(?:sts\.windows\.net|login\.(?:microsoftonline\.(?:com|us|de)|partner\.microsoftonline\.cn)|sts\.chinacloudapi\.cn)\//.test(
      text(claims, "iss") ?? "",
    ),
  read,
};

function read({ claims }: Jose): Reading {
  const client = text(claims, "azp") ?? text(claims, "appid");
  const scopes = words(claims, "scp");
  const permissions = list(claims, "roles");
  const app = text(claims, "idtyp") === "app" || (scopes.length === 0 && permissions.length > 0);
  // Only access tokens name the client that asked for them.
  const kind = client || scopes.length > 0 ? "access" : "id";
  return {
    kind,
    client,
    principal: app ? "client" : text(claims, "idtyp") === "device" ? "device" : "user",
    subject: text(claims, "oid") ?? text(claims, "sub"),
    scopes,
    roles: permissions,
    facts: entraFacts(claims),
    hints: kind === "access" ? accessHints(claims, scopes, app) : [],
  };
}

function entraFacts(claims: Claims) {
  const tenant = text(claims, "tid");
  const resource = text(claims, "xms_mirid");
  return facts({
    tenant: tenant === CONSUMERS ? "personal accounts" : tenant,
    api: apiOf(claims)?.name,
    "directory role": list(claims, "wids")
      .map((role) => TIER0_ROLES.get(role))
      .filter((name) => name !== undefined),
    "client authentication": entryOf(CLIENT_AUTHENTICATION, text(claims, "azpacr") ?? text(claims, "appidacr")),
    groups:
      has(object(claims, "_claim_names"), "groups") || claims.hasgroups === true
        ? "hidden (too many to list)"
        : undefined,
    "continuous access evaluation": list(claims, "xms_cc").includes("cp1") ? "yes: revoked within minutes" : undefined,
    resource,
    account: /^\/subscriptions\/([^/]+)/i.exec(resource ?? "")?.[1],
  });
}

function apiOf(claims: Claims): Api | undefined {
  return list(claims, "aud")
    .map((audience) => APIS.get(audience.toLowerCase().replace(/\/+$/, "")))
    .find((api) => api);
}

function accessHints(claims: Claims, scopes: readonly string[], app: boolean): readonly Hint[] {
  const api = apiOf(claims);
  const own = scopes.length > 0 && scopes.every((scope) => OWN_PROFILE.test(scope.replace(/^.*\//, "")));
  if (own) return hints({ breadth: ["single", "only the profile of the user who signed in"] });
  return [
    ...(api ? apiHints(api) : []),
    ...(api === GRAPH ? graphHints(list(claims, "roles"), scopes, app) : []),
    ...roleHints(list(claims, "wids")),
  ];
}

function apiHints({ name, power, breadth, reach, data }: Api): readonly Hint[] {
  if (power === undefined) return [];
  return hints({
    power: [power, `acts in ${name}`],
    breadth: [
      breadth ?? "service",
      `${name} is ${breadth ? "the way to every resource of a subscription" : "one service"}`,
    ],
    reach: [
      reach ?? "none",
      reach === "mints" ? `can read or create other credentials (${name})` : `what ${name} keeps`,
    ],
    data: [data ?? "internal", `what ${name} keeps`],
  });
}

function graphHints(permissions: readonly string[], scopes: readonly string[], app: boolean): readonly Hint[] {
  const tier0 = app ? permissions.find((permission) => TIER0_PERMISSIONS.has(permission)) : undefined;
  if (tier0) {
    return hints({
      power: [5, `controls the identities of the tenant (permission ${tier0})`],
      reach: ["mints", `can make itself Global Administrator (permission ${tier0})`],
      data: ["confidential", "the directory of the tenant"],
    });
  }
  const content = [...permissions, ...scopes].find((name) => CONTENT.test(name));
  if (!content) return [];
  return hints({
    reach: ["secrets-likely", `mail, files and chats often hold credentials (${content})`],
    data: ["confidential", `other people's content (${content})`],
  });
}

function roleHints(roles: readonly string[]): readonly Hint[] {
  const role = roles.map((id) => TIER0_ROLES.get(id)).find((name) => name);
  if (!role) return [];
  return hints({
    power: [5, `its user is ${role}`],
    breadth: ["multi", `${role} reaches the whole tenant`],
    reach: ["mints", `${role} can create and reset credentials`],
    data: ["confidential", "the directory of the tenant"],
  });
}
