import { Argument, Command } from "commander";
import { bash, fish, zsh } from "./completion-scripts.ts";
import { outlines } from "./outline.ts";
import { print } from "./print.ts";

const SCRIPTS = { bash, zsh, fish };

/** `leakreach completion SHELL`. */
export function build(): Command {
  return new Command("leakreach completion")
    .description("Prints the script that makes a shell complete commands, flags and their values.")
    .addArgument(new Argument("<shell>", "whose script").choices(Object.keys(SCRIPTS)))
    .addHelpText(
      "after",
      `
Examples:
  leakreach completion bash > ~/.local/share/bash-completion/completions/leakreach
  leakreach completion zsh > "\${fpath[1]}/_leakreach"
  leakreach completion fish > ~/.config/fish/completions/leakreach.fish
  source <(leakreach completion bash)           in this shell only`,
    )
    .action(async (shell: keyof typeof SCRIPTS) => print(SCRIPTS[shell](await outlines())));
}
