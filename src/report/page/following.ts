/** A finding in the page. */
export interface Member {
  readonly element: HTMLDetailsElement;
  /** Whether it is among what was chosen last. */
  fits: boolean;
}

/** Findings that are laid out together, once they are in sight. */
export interface Group<T extends Member = Member> {
  readonly element: HTMLElement;
  readonly members: readonly T[];
  /** How many of them fit; all before anything was chosen. */
  fitting: number;
}

/** Findings that follow a choice at once, at the top of the list and where somebody looks: what some screens show. */
const AT_ONCE = 40;

/** Hides and shows single findings: at once where somebody looks, elsewhere a few groups at a time. */
export class Following {
  readonly #groups: readonly Group[];
  readonly #near = new Set<Element>();
  #left: Group[] = [];
  #isWaiting = false;

  constructor(groups: readonly Group[]) {
    this.#groups = groups;
    const byElement = new Map<Element, Group>(groups.map((group) => [group.element, group]));
    const sight = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) this.#near.add(target);
          else this.#near.delete(target);
          if (isIntersecting) follow(byElement.get(target)!);
        }
      },
      { rootMargin: "100% 0px" },
    );
    for (const { element } of groups) sight.observe(element);
    addEventListener("beforeprint", () => this.finish());
  }

  start(): void {
    let first = 0;
    let near = 0;
    this.#left = [];
    for (const group of this.#groups) {
      if (group.fitting === 0) continue;
      const isFirst = first < AT_ONCE;
      // Of few findings each, many groups were in sight that will not be when they have more.
      const isNear = this.#near.has(group.element) && near < AT_ONCE;
      if (isFirst) first += group.fitting;
      if (isNear) near += group.fitting;
      if (isFirst || isNear) follow(group);
      else this.#left.push(group);
    }
    if (this.#left.length > 0 && !this.#isWaiting) this.#wait();
  }

  finish(): void {
    for (const group of this.#left.splice(0)) follow(group);
  }

  #wait(): void {
    this.#isWaiting = true;
    whenIdle((isOver) => {
      this.#isWaiting = false;
      do for (const group of this.#left.splice(0, 5)) follow(group);
      while (this.#left.length > 0 && !isOver());
      if (this.#left.length > 0) this.#wait();
    });
  }
}

/** All of a group that is hidden are. */
function follow({ members, fitting }: Group): void {
  if (fitting === 0) return;
  for (const { element, fits } of members) if (element.hidden === fits) element.hidden = !fits;
}

/** Runs something while nobody waits; it is told when somebody may. Not all browsers can say. */
export function whenIdle(act: (isOver: () => boolean) => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback((idle) => act(() => idle.timeRemaining() < 2));
  else setTimeout(() => act(() => true), 20);
}
