import type { LogOrigin } from "../model/index.ts";
import type { Server } from "./server.ts";
import { Shape } from "./shape.ts";
import { Unread } from "./unread.ts";

/** Who may read the logs of a project, as far as its provider says. */
export type Visibility = Pick<LogOrigin, "isPublic">;

export const visible = (isPublic: boolean): Visibility => (isPublic ? { isPublic } : {});

/** Asks for a project of which the list of its logs does not say whether it is public. An answer that cannot be had says nothing. */
export async function visibilityOf(
  server: Server,
  project: URL,
  isPublic: (project: Shape) => boolean,
): Promise<Visibility> {
  try {
    const { value } = await server.json(project);
    return visible(isPublic(new Shape(value)));
  } catch (error) {
    if (error instanceof Unread) return {};
    throw error;
  }
}
