//! Starting programs and saying plainly which one failed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The result of everything here: on error, a sentence for the person at the terminal.
pub type Res<T = ()> = Result<T, String>;

/// A command that starts in the workspace root and never waits for the keyboard.
pub fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(crate::paths::root()).stdin(Stdio::null());
    command
}

/// A cargo command, by the cargo that runs this program.
pub fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(cargo, arguments)
}

/// Runs to the end, output shown; an error names the command.
pub fn run(command: &mut Command) -> Res {
    let status = command.status().map_err(|cause| not_started(command, &cause))?;
    if status.success() { Ok(()) } else { Err(format!("Échec ({status}) : {}", shown(command))) }
}

/// Runs to the end and returns what it printed on standard output; standard error is shown.
pub fn output(command: &mut Command) -> Res<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|cause| not_started(command, &cause))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        print!("{text}");
        Err(format!("Échec ({}) : {}", output.status, shown(command)))
    }
}

/// Runs without showing anything; true when it succeeded.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// First program of this name on the PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

/// The PATH with these folders first.
pub fn path_with(first: &[&Path]) -> Res<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&old));
    std::env::join_paths(folders).map_err(|cause| format!("PATH inutilisable : {cause}"))
}

/// Reads a text file; an error names it.
pub fn read(path: &Path) -> Res<String> {
    std::fs::read_to_string(path).map_err(|cause| format!("Lecture impossible de {} : {cause}", path.display()))
}

/// Writes a file, creating its folder; an error names it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Res {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|cause| format!("Création impossible de {} : {cause}", parent.display()))?;
    }
    std::fs::write(path, content).map_err(|cause| format!("Écriture impossible de {} : {cause}", path.display()))
}

/// A heading that stands out in a long log.
pub fn heading(text: &str) {
    println!("\n━━━ {text} ━━━");
}

fn not_started(command: &Command, cause: &std::io::Error) -> String {
    format!("Impossible de démarrer {} : {cause}", command.get_program().to_string_lossy())
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}
