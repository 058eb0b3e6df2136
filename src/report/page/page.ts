/** What runs in the page of a report: filters, addresses of findings, triage. All it knows stands in the page's own elements. */

import { chooser } from "./filter.ts";
import { marker } from "./triage.ts";

const form = document.querySelector<HTMLFormElement>("form.filters");
if (form) {
  form.hidden = false;
  const { choose, settle } = chooser(form, [...document.querySelectorAll<HTMLDetailsElement>("details.finding")]);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", choose);
  // What a form is reset to shows only after its event.
  form.addEventListener("reset", () => setTimeout(choose));
  choose();

  const reveal = () => {
    const finding = document.getElementById(location.hash.slice(1))?.closest<HTMLDetailsElement>("details.finding");
    if (!finding) return;
    settle();
    if (finding.closest("[hidden]")) {
      form.reset();
      form.querySelector<HTMLInputElement>("input[name=closed]")!.checked = finding.dataset.status !== "open";
      choose();
      settle();
    }
    finding.open = true;
    finding.scrollIntoView();
    finding.querySelector("summary")?.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  reveal();
  marker(document.getElementById("download") as HTMLButtonElement);
}
