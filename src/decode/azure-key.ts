import { marvinRole, signatureOf } from "../checksum/index.ts";
import type { Anatomy, Hint, Traits } from "../model/index.ts";
import { anatomy, claimed, hint, type Parts, proved } from "./anatomy.ts";

/** What a key may do: its words, then power, breadth, reach and data. */
type Role = readonly [
  words: string,
  power: Traits["power"],
  breadth: Traits["breadth"],
  reach: Traits["reach"],
  data?: Traits["data"],
];

const SENDS: Role = ["key that sends", 3, "service", "none"];
const LISTENS: Role = ["key that listens", 3, "service", "none", "confidential"];
const MANAGES: Role = ["key that manages the namespace", 4, "service", "none", "confidential"];
const MESSAGING: Readonly<Record<string, Role>> = {
  Send0000: SENDS,
  Listen00: LISTENS,
  Manage00: MANAGES,
  System00: MANAGES,
};

/** Services and roles by signature and checksum seed (microsoft/security-utilities, `IdentifiableMetadata.cs`). */
const SERVICES: Readonly<Record<string, readonly [service: string, roles: Readonly<Record<string, Role>>]>> = {
  "+ASb": ["Service Bus", MESSAGING],
  "+AEh": ["Event Hubs", MESSAGING],
  "+ARm": ["Relay", MESSAGING],
  "+ASt": ["Storage", { Default0: ["key to the whole account", 4, "service", "secrets-likely", "confidential"] }],
  "+ABa": ["Batch", { AbAcct00: ["key that runs jobs", 4, "service", "none"] }],
  "+AMC": ["Machine Learning (classic)", { Classic0: ["key of a web service", 3, "service", "none"] }],
  "+ACR": ["Container Registry", { ACRDflt0: ["key that may push images", 3, "multi", "mints"] }],
  "+SQL": ["SQL", { UsrPwd00: ["password", 4, "service", "secrets-likely", "confidential"] }],
  ACDb: [
    "Cosmos DB",
    {
      MastRW00: ["read-write key", 4, "service", "secrets-likely", "confidential"],
      MastRO00: ["read-only key", 2, "service", "secrets-likely", "confidential"],
      SystRW00: ["read-write system key", 4, "service", "secrets-likely", "confidential"],
      SystRO00: ["read-only system key", 2, "service", "secrets-likely", "confidential"],
      SysAll00: ["system key", 4, "service", "secrets-likely", "confidential"],
      Resour00: ["key to one resource", 3, "single", "secrets-likely", "confidential"],
      Encryp00: ["data encryption key", 2, "service", "secrets-likely", "confidential"],
    },
  ],
  AzSe: [
    "AI Search",
    { PAdmin00: ["admin key", 4, "service", "none", "confidential"], Query000: ["query key", 1, "single", "none"] },
  ],
  AzFu: [
    "Functions",
    {
      Master00: ["master key, which reads and deploys the app", 4, "service", "mints", "confidential"],
      System00: ["system key", 4, "service", "none"],
      Functi00: ["key to call functions", 3, "service", "none"],
    },
  ],
  AzCa: ["Cache for Redis", { Access00: ["access key", 4, "service", "secrets-likely", "confidential"] }],
  AIoT: [
    "IoT Hub",
    {
      IoTHub00: ["hub key", 4, "service", "none"],
      DpsKey00: ["key that registers devices", 4, "service", "mints"],
      Device00: ["key of one device", 3, "single", "none"],
    },
  ],
  APIM: [
    "API Management",
    {
      Tenant00: ["direct management key", 4, "service", "mints", "confidential"],
      IoTHub00: ["subscription key", 3, "service", "none"],
      Gatewy00: ["gateway key", 3, "service", "none"],
      GitKey00: ["key to the configuration repository", 4, "service", "secrets-likely", "confidential"],
    },
  ],
  AZEG: ["Event Grid", { SendRecv: ["access key", 3, "service", "none"] }],
};

/** An identifiable Azure key: the checksum seed that fits names the service and the role. Others tell what stands beside them. */
export function decodeAzureKey(secret: string, parts: Parts): Anatomy | undefined {
  const key = /(?:^|Key=)([\w+/-]{38,600}={0,2})(?:;|$)/.exec(secret)?.[1] ?? secret;
  const signature = signatureOf(key);
  const seed = marvinRole(key);
  const near = nearby(secret, parts);
  if (signature === undefined || seed === undefined) return near.account || near.host ? beside(near) : undefined;
  const [service, roles] = SERVICES[signature]!;
  const role = roles[seed];
  const facts = [...proved({ provider: "azure", service, role: role?.[0], seed }), ...claimed(near)];
  return anatomy({ facts, hints: role ? roleHints(role, seed) : [] });
}

function roleHints([words, power, breadth, reach, data = "internal"]: Role, seed: string): readonly Hint[] {
  const reason = `${words} (checksum seed ${seed})`;
  return [hint("power", power, reason), hint("breadth", breadth), hint("reach", reach), hint("data", data)];
}

/** Keys from before 2022 are noise; a policy's or device's name beside one tells its reach. */
function beside(near: Nearby): Anatomy {
  const manages = /^(?:RootManageSharedAccessKey|iothubowner)$/i.test(near.policy ?? "");
  const rights = manages ? [hint("power", 4, `policy ${near.policy} manages everything`)] : [];
  const one = near.device ? [hint("power", 3), hint("breadth", "single", `key of the device ${near.device}`)] : [];
  return anatomy({ facts: claimed({ provider: "azure", ...near }), hints: [...rights, ...one] });
}

/** An Azure Storage account key in its connection string; older keys hold nothing but noise. */
export function decodeAzureStorage(secret: string, parts: Parts): Anatomy | undefined {
  const { account } = nearby(secret, parts);
  if (account === "devstoreaccount1" || /UseDevelopmentStorage=true/i.test(secret)) {
    return anatomy({ sample: "account of the Azure Storage emulator" });
  }
  return decodeAzureKey(secret, parts);
}

interface Nearby extends Record<string, string | undefined> {
  readonly account: string | undefined;
  readonly host: string | undefined;
  readonly policy: string | undefined;
  readonly device: string | undefined;
}

/** What a connection string says of the account: its name, or its host's first label. */
function nearby(secret: string, parts: Parts): Nearby {
  const field = (name: RegExp) => name.exec(secret)?.[1];
  const host = parts.host ?? field(/(?:Endpoint|HostName)=(?:[a-z]{2,8}:\/\/)?([\w.-]{3,200})/i);
  const account = parts.account ?? field(/AccountName=([a-z0-9]{3,24})(?:;|$)/i) ?? host?.split(".")[0];
  const policy = parts.policy ?? field(/SharedAccessKeyName=([^;\s]{1,128})/i);
  return { account, host, policy, device: parts.device ?? field(/DeviceId=([^;\s]{1,128})/i) };
}
