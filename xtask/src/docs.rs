//! The documentation's examples, executed as written: each ```sh block of `docs/api/*.md`, by bash, against a running server.
//! A page is a story: its blocks run in order, in one folder that starts with the files of `docs/api/exemples/`.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::schemathesis::SCOPES;
use crate::server::Server;
use crate::sh::{self, Res};
use crate::tempdir::TempDir;

/// An example: the line of its fence in the page, and its text.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    line: usize,
    script: String,
}

/// What the examples are given.
struct Given<'a> {
    url: &'a str,
    token: &'a str,
    /// Of the récipiendaire of one envelope, for what is decided by nobody else.
    holder: &'a str,
    /// Of the Aidants Connect team, for the same reason.
    team: &'a str,
}

/// What a récipiendaire's examples do.
const HOLDER: &[&str] = &["demandes:lire", "enveloppes:lire", "financements:ecrire"];

/// What the examples of the Aidants Connect team do.
const TEAM: &[&str] = &["demandes:lire", "demandes:ecrire", "eligibilites:ecrire"];

/// Id of the first envelope.
const ENVELOPE: &str = r#"curl --fail-with-body -sS -H "Authorization: Bearer $TOKEN" "$PARCOURS_URL/api/v1/enveloppes?limit=1" | cut -d '"' -f 6"#;

/// Runs every example of every page; stops at the first one that fails.
pub fn run(server: &Server) -> Res {
    let token = server.token("anct", SCOPES)?;
    let mut asked = sh::command("bash", &["-euo", "pipefail", "-c", ENVELOPE]);
    let envelope = sh::output(asked.env("PARCOURS_URL", &server.url).env("TOKEN", &token))?;
    let holder = server.token_on("recipiendaire", HOLDER, Some(envelope.trim()))?;
    let team = server.token("instructeur", TEAM)?;
    let given = Given { url: &server.url, token: &token, holder: &holder, team: &team };
    let mut count = 0;
    for page in pages()? {
        let folder = TempDir::new("parcours-docs-page")?;
        copy_examples(folder.path())?;
        for block in blocks(&sh::read(&page)?) {
            let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
            execute(&block, folder.path(), &given)
                .map_err(|cause| format!("{name}, ligne {} : {cause}\n{}", block.line, block.script))?;
            count += 1;
        }
    }
    println!("{count} exemples de docs/api exécutés.");
    if count == 0 { Err("Aucun exemple trouvé dans docs/api.".to_owned()) } else { Ok(()) }
}

fn execute(block: &Block, folder: &Path, given: &Given) -> Res {
    let mut bash = sh::command("bash", &["-euo", "pipefail", "-c", &block.script]);
    bash.current_dir(folder).env("PARCOURS_URL", given.url);
    sh::run(bash.env("TOKEN", given.token).env("TOKEN_RECIPIENDAIRE", given.holder).env("TOKEN_EQUIPE", given.team))
        .map_err(|_cause| "l'exemple a échoué.".to_owned())
}

fn pages() -> Res<Vec<PathBuf>> {
    let folder = paths::root().join("docs").join("api");
    let entries = std::fs::read_dir(&folder).map_err(|cause| format!("{} : {cause}", folder.display()))?;
    let mut pages: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    Ok(pages)
}

fn copy_examples(target: &Path) -> Res {
    let source = paths::root().join("docs").join("api").join("exemples");
    for entry in std::fs::read_dir(source).into_iter().flatten().flatten() {
        std::fs::copy(entry.path(), target.join(entry.file_name()))
            .map_err(|cause| format!("{} : {cause}", entry.path().display()))?;
    }
    Ok(())
}

/// The ```sh blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.trim_end()) {
            (None, "```sh") => open = Some(Block { line: index + 1, script: String::new() }),
            (Some(_), "```") => found.extend(open.take()),
            (Some(block), _) => {
                block.script.push_str(line);
                block.script.push('\n');
            }
            (None, _) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sh_blocks_are_taken_with_their_line() {
        let page = "# T\n```sh\ncurl a\ncurl b\n```\ntext\n```json\n{}\n```\n```sh\nls\n```\n";
        let expected =
            [Block { line: 2, script: "curl a\ncurl b\n".to_owned() }, Block { line: 10, script: "ls\n".to_owned() }];
        assert_eq!(blocks(page), expected);
    }

    #[test]
    fn a_failing_command_in_a_pipe_fails_the_block() {
        let folder = std::env::temp_dir();
        let given = Given { url: "http://127.0.0.1:1", token: "t", holder: "r", team: "e" };
        let failing = Block { line: 1, script: "false | cat\n".to_owned() };
        assert!(execute(&failing, &folder, &given).is_err());
        let passing = Block { line: 1, script: "test \"$TOKEN$TOKEN_RECIPIENDAIRE$TOKEN_EQUIPE\" = tre\n".to_owned() };
        assert!(execute(&passing, &folder, &given).is_ok());
    }
}
