/** What the reader decided of one finding. */
interface Mark {
  readonly triage: string;
  readonly reason: string;
}

const SCHEMA = "https://leakreach.dev/schema/baseline.schema.json";

/** Puts a form into each finding that is opened, and gives what was marked as a baseline file to `download`. */
export function marker(download: HTMLButtonElement): void {
  const marks = new Map<string, Mark>();
  let saved = true;
  const template = document.querySelector<HTMLTemplateElement>("template#triage")!;

  const change = (finding: HTMLDetailsElement, id: string, form: HTMLFormElement) => {
    const triage = form.querySelector("select")!.value;
    const reason = form.querySelector("input")!.value.trim();
    if (triage === "") marks.delete(id);
    else marks.set(id, { triage, reason });
    saved = marks.size === 0;
    finding.dataset.mark = triage.replace("-", " ");
    download.hidden = marks.size === 0;
    download.textContent = `Download baseline (${marks.size})`;
  };

  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open || !target.matches(".finding")) return;
      const body = target.querySelector<HTMLElement>(".body");
      if (!body || body.querySelector(".triage")) return;
      body.append(template.content.cloneNode(true));
      const form = body.querySelector<HTMLFormElement>(".triage")!;
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("input", () => change(target, body.id, form));
    },
    true,
  );
  download.addEventListener("click", () => {
    saved = true;
    save(baseline(marks));
  });
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
}

/** A baseline as `leakreach baseline` writes it, with what was decided and why beside each fingerprint. */
function baseline(marks: ReadonlyMap<string, Mark>): string {
  const version = document.querySelector<HTMLMetaElement>("meta[name=generator]")!.content.replace(/^leakreach /, "");
  const head = { schema: SCHEMA, tool: { name: "leakreach", version }, created: new Date().toISOString() };
  const lines = [...marks]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([fingerprint, mark]) => `\n    ${JSON.stringify({ fingerprint, ...placesOf(fingerprint), ...mark })}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "fingerprints": [${lines.join(",")}\n  ]\n}\n`;
}

function placesOf(fingerprint: string): { rule: string; paths: string[] } {
  const body = document.getElementById(fingerprint)!;
  const places = [...body.querySelectorAll(".path")].map(({ textContent }) => textContent.replace(/:\d+$/, ""));
  return { rule: body.closest<HTMLElement>("details")!.dataset.rule!, paths: [...new Set(places)].sort() };
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "leakreach-baseline.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
