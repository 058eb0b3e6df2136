import type { Policy } from "../model/index.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The policy of somebody who wrote none: no boundaries, and limits that sensible tokens keep. */
export const DEFAULT_POLICY: Policy = {
  defaults: { environment: "unknown", exposure: "internal" },
  boundaries: {},
  audiences: [],
  issuers: [],
  scopes: [],
  roles: [],
  limits: {
    accessTokenTtl: HOUR,
    refreshTokenTtl: 30 * DAY,
    keyAge: 90 * DAY,
    maxPower: 3,
    maxBoundaries: 1,
    requireAud: true,
    requireExp: true,
    requireSenderConstraintFromPower: 4,
  },
  publicByDesign: "none",
};
